"""The application's pages, components and HTTP routes: all that knows Streamlit."""
