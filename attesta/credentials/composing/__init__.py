"""Pages of documents composed here: what a row says, how an institution's paper looks, the PDF of both. No Django."""
