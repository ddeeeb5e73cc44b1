"""What whoever deploys needs: examples that are whole, and a table of licences."""
