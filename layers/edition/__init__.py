"""One edition of the facts as it is served: texts, states and files of the page."""
