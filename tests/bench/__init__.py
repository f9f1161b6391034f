"""The budgets of the design, measured on this machine: `python -m tests.bench`. A budget that is missed is shown."""
