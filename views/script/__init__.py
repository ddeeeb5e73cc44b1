"""What Streamlit runs for each session."""
