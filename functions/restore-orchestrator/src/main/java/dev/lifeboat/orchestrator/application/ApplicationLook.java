package dev.lifeboat.orchestrator.application;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The questions of an application's assessment; each is of all the target's Deployments together. Yes is what a healthy one answers. */
public enum ApplicationLook {
    /** Is PostgreSQL's pod ready? No application is well without. */
    @JsonProperty("database-ready")
    DATABASE_READY,
    /** Are all Deployments rolled out? No is a rollout past its progress deadline; unknown one that is under way. */
    @JsonProperty("rolled-out")
    ROLLED_OUT,
    /** Has each Deployment a pod that is ready? */
    @JsonProperty("serves")
    SERVES,
    /** Are all images pulled: no container waits in ImagePullBackOff or ErrImagePull? */
    @JsonProperty("images-pulled")
    IMAGES_PULLED,
    /** Do all containers start: none waits in CrashLoopBackOff or for a configuration that is not there? */
    @JsonProperty("containers-start")
    CONTAINERS_START,
    /** Has each Deployment that is not rolled out an earlier revision to go back to? */
    @JsonProperty("earlier-revision")
    EARLIER_REVISION,
    /** Do all health URLs answer 200 from outside? Unknown when there is none. */
    @JsonProperty("healthy-outside")
    HEALTHY_OUTSIDE
}
