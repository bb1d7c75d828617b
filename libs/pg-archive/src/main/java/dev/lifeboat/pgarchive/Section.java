package dev.lifeboat.pgarchive;

/** When a restore replays an entry (teSection of PostgreSQL's pg_backup.h). */
public enum Section {
    /** At no fixed time: comments, ACLs and the like go with the object that they belong to. */
    NONE,
    /** Before the data: schemas, types, functions, tables. */
    PRE_DATA,
    /** Table rows, large objects, sequence values. */
    DATA,
    /** After the data: indexes, constraints, triggers, rules, materialised views. */
    POST_DATA
}
