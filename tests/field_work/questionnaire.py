"""A short questionnaire, for field periods of which only the messages are looked at."""

SHORT = """
| survey   |
|          | type               | name      | label::Italiano (it)   | label::English (en)     | relevant                                 |
|          | select_one yes_no  | partecipo | Desidera partecipare?  | Would you like to?      |                                          |
|          | select_one yes_no  | canteen   | Va in mensa?           | Do you use the canteen? | ${partecipo} = 'si'                      |
|          | integer            | days      | Quanti giorni?         | On how many days?       | ${partecipo} = 'si' and ${canteen}='si'  |
|          | select_one scale   | food      | Il cibo?               | The food?               | ${partecipo} = 'si'                      |
|          | select_one scale   | price     | Il prezzo?             | The price?              | ${partecipo} = 'si'                      |
|          | select_one scale   | room      | La sala?               | The room?               | ${partecipo} = 'si'                      |
|          | select_one scale   | queue     | La fila?               | The queue?              | ${partecipo} = 'si'                      |
|          | text               | remarks   | Altro?                 | Anything else?          | ${partecipo} = 'si'                      |
| choices  |
|          | list_name | name | label::Italiano (it) | label::English (en) |
|          | yes_no    | si   | Sì                   | Yes                 |
|          | yes_no    | no   | No                   | No                  |
|          | scale     | good | Bene                 | Good                |
|          | scale     | bad  | Male                 | Bad                 |
| settings |
|          | form_title | form_id | version | default_language |
|          | La mensa   | canteen | 1       | Italiano (it)    |
"""  # noqa: E501 - a sheet is as wide as it is
