"""Work and debt, trade, and the gates that grades and lists open or close."""
