"""The stage: what people and tests hold in their hands, under /sim/, and the page of phones."""
