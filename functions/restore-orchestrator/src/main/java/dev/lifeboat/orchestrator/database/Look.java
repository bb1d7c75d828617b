package dev.lifeboat.orchestrator.database;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The questions of an assessment, in the order in which they are asked. */
public enum Look {
    /** Does Kubernetes say that PostgreSQL's pod runs? */
    @JsonProperty("pod-runs")
    POD_RUNS,
    /** Does PostgreSQL answer an administrator? */
    @JsonProperty("server-answers")
    SERVER_ANSWERS,
    /** Does PostgreSQL let the administrator in? */
    @JsonProperty("administrator-admitted")
    ADMINISTRATOR_ADMITTED,
    /** Is there a database of that name? */
    @JsonProperty("database-exists")
    DATABASE_EXISTS,
    /** Is it larger than a freshly made one? */
    @JsonProperty("larger-than-empty")
    LARGER_THAN_EMPTY,
    /** Does it accept connections? */
    @JsonProperty("accepts-connections")
    ACCEPTS_CONNECTIONS,
    /** Has it tables of its own? */
    @JsonProperty("has-tables")
    HAS_TABLES,
    /** Do at least half of the tables that held rows in the newest verified backup hold rows? */
    @JsonProperty("holds-rows")
    HOLDS_ROWS,
    /** Can its tables be read without a sign of damage? */
    @JsonProperty("readable")
    READABLE
}
