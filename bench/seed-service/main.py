"""The service that the lab was created from, in FastAPI: the peer that the lab's own service is measured against."""

import os

import psycopg
from fastapi import FastAPI

app = FastAPI()


@app.get("/")
def root():
    return {"message": "Hello from FastAPI"}


@app.get("/db-check")
def db_check():
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        row = connection.execute("SELECT 1").fetchone()
    return {"ok": True, "result": row[0]}
