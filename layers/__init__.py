"""What the plan says of counties, joined and ready to draw.

Knows programmes, evidence, selections and how they look; knows no Streamlit.
"""
