# %% [markdown]
# # The answers on the *Zone omogenee* in pandas
# Make them up first, all of them synthetic:
#
#     ./colloquio simulate examples/zone_omogenee_po.xlsx --into zone2020 --register examples/staff.csv \
#         --margins examples/margins_2020.csv --seed 2020
#
# Run this file as a script (docs/frames.md says how), or cell by cell in an editor that knows `# %%`. What it prints
# is for work, not for publishing: `colloquio tables` and `colloquio report` protect small groups, pandas does not.

# %%
"""A notebook as a script: a survey's answers as DataFrames."""

import pandas as pd

from admin_scripts.frames import long, reasons, wide

SURVEY = "zone2020"
answers = wide(SURVEY, labels="it")
those_who_took_part = answers[answers["partecipo"] == "Sì"]
print(f"{answers.attrs['title']}: {len(those_who_took_part)} of {len(answers)} took part")
print("Withheld:", ", ".join(answers.attrs["withheld"]) or "nothing")

# %% [markdown]
# ## One answer: counts, in the order of the questionnaire

# %%
print(answers.attrs["labels"]["livello_zo"])
print(those_who_took_part["livello_zo"].value_counts(sort=False))

# %% [markdown]
# ## A scale has an order
# "Don't know" and "prefer not to say" are no steps of it: they are blank here, and `reasons` tells them apart.

# %%
opinions = [name for name in answers if name.startswith("op_") and answers.attrs["measures"][name] == "ordinal"]
agree = pd.DataFrame(
    {
        "answered": those_who_took_part[opinions].notna().sum(),
        "agree": [(those_who_took_part[name] >= "Abbastanza d'accordo").sum() for name in opinions],
    },
    index=opinions,
)
print(agree)
print(reasons(SURVEY)[opinions].apply(pd.Series.value_counts).dropna(how="all"))

# %% [markdown]
# ## Several answers are columns of 0 and 1

# %%
services = those_who_took_part.filter(like="tipo_servizi/")
shares = services.mean().sort_values(ascending=False)
print(shares.rename(answers.attrs["labels"]).map("{:.0%}".format))

# %% [markdown]
# ## One row for each answer: good for counting over many questions

# %%
rows = long(SURVEY, labels="it")
obstacles = rows[rows["variable"].isin(["ostacolo_1", "ostacolo_2", "ostacolo_3"])]
print(pd.crosstab(obstacles["label"], obstacles["variable"]))

# %% [markdown]
# ## A repeat is a table of its own, linked to the responses

# %%
practices = wide(SURVEY, table="buona_pratica", labels="it")
by_zone = practices.merge(answers[["_index", "livello_zo"]], left_on="_parent_index", right_on="_index")
print(by_zone.groupby("bp_zona", observed=True).size())
