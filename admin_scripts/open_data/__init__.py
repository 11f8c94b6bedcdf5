"""A publication as open data: aggregated CSV with Table Schema and DCAT-AP_IT metadata. Knows no answers."""
