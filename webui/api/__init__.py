"""The API for programs: REST under ``/api/v1``, with its OpenAPI document made from the code."""
