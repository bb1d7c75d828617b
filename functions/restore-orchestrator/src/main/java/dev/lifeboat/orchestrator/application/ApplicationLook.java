package dev.lifeboat.orchestrator.application;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The questions of an application's assessment, asked of each Deployment; the first two and the one from outside are answered for all of
 * them at once. Yes is what a healthy one answers.
 */
public enum ApplicationLook {
    /** Is a node of the cluster ready? */
    @JsonProperty("nodes-ready")
    NODES_READY,
    /** Is PostgreSQL's pod ready? No application is well without. */
    @JsonProperty("database-ready")
    DATABASE_READY,
    /** Is the rollout not paused? */
    @JsonProperty("not-paused")
    NOT_PAUSED,
    /** Is it rolled out? No is a rollout past its progress deadline; unknown one that is under way. */
    @JsonProperty("rolled-out")
    ROLLED_OUT,
    /** Has it a pod that is ready, of whatever revision? */
    @JsonProperty("serves")
    SERVES,
    /** Are the images of the newest revision pulled? */
    @JsonProperty("images-pulled")
    IMAGES_PULLED,
    /** Do the containers of the newest revision start, and keep running? */
    @JsonProperty("containers-start")
    CONTAINERS_START,
    /** Do the pods of the newest revision that run pass their probes? */
    @JsonProperty("probes-pass")
    PROBES_PASS,
    /** Do all health URLs answer 200 from outside? Unknown when there is none. */
    @JsonProperty("healthy-outside")
    HEALTHY_OUTSIDE,
    /** Was the newest revision recorded as healthy once, and not rolled back to in vain by this recovery? */
    @JsonProperty("known-healthy")
    KNOWN_HEALTHY,
    /** Has this recovery not restarted it yet? */
    @JsonProperty("not-restarted")
    NOT_RESTARTED,
    /** Is an older revision kept that was recorded as healthy, and not tried in vain yet? */
    @JsonProperty("healthy-revision")
    HEALTHY_REVISION,
    /** Does that one know the database's schema as it is now? */
    @JsonProperty("schema-fits")
    SCHEMA_FITS,
    /** Would a roll-back stay, since no GitOps controller puts back what Git has? */
    @JsonProperty("roll-back-stays")
    ROLL_BACK_STAYS
}
