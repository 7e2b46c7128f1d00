"""The improvement plan: areas, actions, dates, updates and the delivery RAG."""
