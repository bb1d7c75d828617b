package dev.lifeboat.orchestrator.database;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The questions of an assessment. Yes is what a healthy database answers; {@link AssessmentRules} says what follows from the answers. */
public enum Look {
    /** Does Kubernetes say that PostgreSQL's pod runs? */
    @JsonProperty("pod-runs")
    POD_RUNS,
    /** Does Kubernetes say that the pod is ready, going by its own probe inside of it? */
    @JsonProperty("pod-ready")
    POD_READY,
    /** Are the pod's volumes bound? */
    @JsonProperty("volume-bound")
    VOLUME_BOUND,
    /** Does EBS have the volumes behind them, whatever Kubernetes believes? */
    @JsonProperty("volume-exists")
    VOLUME_EXISTS,
    /** Does PostgreSQL's port take a TCP connection from here? */
    @JsonProperty("port-open")
    PORT_OPEN,
    /** Does PostgreSQL answer an administrator? */
    @JsonProperty("server-answers")
    SERVER_ANSWERS,
    /** Does PostgreSQL let the administrator in? */
    @JsonProperty("administrator-admitted")
    ADMINISTRATOR_ADMITTED,
    /** Is the server out of recovery: neither starting up nor a standby? */
    @JsonProperty("out-of-recovery")
    OUT_OF_RECOVERY,
    /** Is there room on the server's disk for what is written? */
    @JsonProperty("has-room")
    HAS_ROOM,
    /** Does a write to a scratch table reach the disk? */
    @JsonProperty("writable")
    WRITABLE,
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
    READABLE,
    /** Has PostgreSQL counted no checksum failure in it? */
    @JsonProperty("checksums-hold")
    CHECKSUMS_HOLD
}
