"""A questionnaire with a question of each kind."""

KINDS = """
| survey  |
|         | type                | name     | label | calculation | parameters | appearance |
|         | integer             | integer  | I?    |             |            |            |
|         | decimal             | decimal  | D?    |             |            |            |
|         | range               | range    | R?    |             | start=0 end=5 step=0.5 |   |
|         | date                | date     | D?    |             |            |            |
|         | time                | time     | T?    |             |            |            |
|         | datetime            | datetime | T?    |             |            |            |
|         | text                | text     | T?    |             |            |            |
|         | acknowledge         | agreed   | A?    |             |            |            |
|         | select_one steps    | step     | S?    |             |            |            |
|         | select_one colours  | colour   | C?    |             |            |            |
|         | select_multiple colours | many | M?    |             |            |            |
|         | rank colours        | rank     | R?    |             |            |            |
|         | note                | told     | N     | 1 + 1       |            |            |
|         | note                | silent   | N     |             |            |            |
|         | calculate           | sum      |       | 2 + 2       |            |            |
|         | begin repeat        | row      | Row   |             |            |            |
|         | text                | inside   | I?    |             |            |            |
|         | begin repeat        | deep     | Deep  |             |            |            |
|         | text                | deeper   | D?    |             |            |            |
|         | end repeat          |          |       |             |            |            |
|         | end repeat          |          |       |             |            |            |
| choices |
|         | list_name | name | label |
|         | steps     | 1    | One   |
|         | steps     | 2    | Two   |
|         | colours   | red  | Red   |
|         | colours   | blue | +Blue |
"""
