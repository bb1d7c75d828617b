package dev.lifeboat.local.aws;

/** What can be made to go wrong when a cluster is created. */
public enum ClusterFault {
    /** EKS refuses the cluster: the account has as many as its quota allows. */
    CLUSTER_QUOTA,
    /** The node group's instances start and never join the cluster. */
    NODES_NEVER_JOIN
}
