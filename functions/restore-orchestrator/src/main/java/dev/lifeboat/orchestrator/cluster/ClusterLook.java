package dev.lifeboat.orchestrator.cluster;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The questions of a cluster's assessment. Yes is what a healthy one answers. */
public enum ClusterLook {
    /** Is it free of a fence that a rebuild has put around it, or a deletion that it has begun, and has not finished? */
    @JsonProperty("not-fenced")
    NOT_FENCED,
    /** Does EKS know a cluster of this name? */
    @JsonProperty("cluster-exists")
    CLUSTER_EXISTS,
    /** Is its status ACTIVE, UPDATING or PENDING? No is FAILED or DELETING; unknown is CREATING. */
    @JsonProperty("cluster-active")
    CLUSTER_ACTIVE,
    /** Does the API server answer {@code /readyz} with 200? */
    @JsonProperty("api-ready")
    API_READY,
    /** Is any node ready? */
    @JsonProperty("nodes-ready")
    NODES_READY,
    /** Are all node groups ACTIVE, and without a health issue? */
    @JsonProperty("node-groups-healthy")
    NODE_GROUPS_HEALTHY,
    /** Has each of coredns, aws-node and ebs-csi a pod that is ready? */
    @JsonProperty("system-pods-ready")
    SYSTEM_PODS_READY,
    /** Is PostgreSQL's pod ready? */
    @JsonProperty("database-ready")
    DATABASE_READY,
    /** Do all health URLs answer 200 from outside? Unknown when there is none. */
    @JsonProperty("healthy-outside")
    HEALTHY_OUTSIDE
}
