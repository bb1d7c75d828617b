package dev.lifeboat.orchestrator.cluster;

import static dev.lifeboat.orchestrator.assessment.Rule.row;
import static dev.lifeboat.orchestrator.cluster.ClusterDecision.AWAIT;
import static dev.lifeboat.orchestrator.cluster.ClusterDecision.EXAMINE;
import static dev.lifeboat.orchestrator.cluster.ClusterDecision.LOOK_AGAIN;
import static dev.lifeboat.orchestrator.cluster.ClusterDecision.NOT_NEEDED;
import static dev.lifeboat.orchestrator.cluster.ClusterDecision.REBUILD;
import static dev.lifeboat.orchestrator.cluster.ClusterDecision.RECOVER_DATABASE;
import static dev.lifeboat.orchestrator.cluster.ClusterLook.API_READY;
import static dev.lifeboat.orchestrator.cluster.ClusterLook.CLUSTER_ACTIVE;
import static dev.lifeboat.orchestrator.cluster.ClusterLook.CLUSTER_EXISTS;
import static dev.lifeboat.orchestrator.cluster.ClusterLook.DATABASE_READY;
import static dev.lifeboat.orchestrator.cluster.ClusterLook.HEALTHY_OUTSIDE;
import static dev.lifeboat.orchestrator.cluster.ClusterLook.NODES_READY;
import static dev.lifeboat.orchestrator.cluster.ClusterLook.NODE_GROUPS_HEALTHY;
import static dev.lifeboat.orchestrator.cluster.ClusterLook.NOT_FENCED;
import static dev.lifeboat.orchestrator.cluster.ClusterLook.SYSTEM_PODS_READY;

import dev.lifeboat.orchestrator.assessment.Evidence;
import dev.lifeboat.orchestrator.assessment.Rule;
import java.util.List;

/**
 * What the looks at a cluster come to: a pure function of the evidence. The first row that matches decides. {@code docs/assessment.md}
 * shows the same rows; a test walks every combination of answers.
 */
final class ClusterRules {
    /** In the order in which they are tried. */
    static final List<Rule<ClusterLook, ClusterDecision>> ROWS = List.of(
            row(REBUILD, NOT_FENCED, "A rebuild has put it out of use and has not finished: it goes on.")
                    .no(NOT_FENCED),
            row(LOOK_AGAIN, NOT_FENCED, "Whether a rebuild has put it out of use is not known.")
                    .unknown(NOT_FENCED),
            // The control plane, by AWS' own word.
            row(EXAMINE, CLUSTER_EXISTS, "EKS does not know it, and users are served: something else serves them.")
                    .no(CLUSTER_EXISTS)
                    .yes(HEALTHY_OUTSIDE),
            row(REBUILD, CLUSTER_EXISTS, "EKS does not know it any more.").no(CLUSTER_EXISTS),
            row(LOOK_AGAIN, CLUSTER_EXISTS, "EKS does not say.").unknown(CLUSTER_EXISTS),
            row(EXAMINE, CLUSTER_ACTIVE, "EKS calls it lost, and it answers all the same.")
                    .no(CLUSTER_ACTIVE)
                    .yes(API_READY),
            row(EXAMINE, CLUSTER_ACTIVE, "EKS calls it lost, and users are served all the same.")
                    .no(CLUSTER_ACTIVE)
                    .yes(HEALTHY_OUTSIDE),
            row(REBUILD, CLUSTER_ACTIVE, "EKS itself calls it lost.").no(CLUSTER_ACTIVE),
            row(LOOK_AGAIN, CLUSTER_ACTIVE, "It is being made, or EKS does not say.")
                    .unknown(CLUSTER_ACTIVE),
            // Its API.
            row(EXAMINE, API_READY, "We do not reach its API, and users are served: the network between may be cut.")
                    .notYes(API_READY)
                    .yes(HEALTHY_OUTSIDE),
            row(AWAIT, API_READY, "Its API does not answer, and users are not served.")
                    .notYes(API_READY),
            // Its nodes.
            row(EXAMINE, NODES_READY, "No node is ready, and users are served all the same.")
                    .no(NODES_READY)
                    .yes(HEALTHY_OUTSIDE),
            row(AWAIT, NODES_READY, "No node is ready: its group may make new ones.")
                    .no(NODES_READY),
            row(LOOK_AGAIN, NODES_READY, "Whether a node is ready is not known.")
                    .unknown(NODES_READY),
            row(LOOK_AGAIN, SYSTEM_PODS_READY, "Whether the pods of the system are ready is not known.")
                    .unknown(SYSTEM_PODS_READY),
            row(
                            EXAMINE,
                            SYSTEM_PODS_READY,
                            "Its nodes are ready and the pods of the system are not: an add-on is broken.")
                    .no(SYSTEM_PODS_READY),
            // What runs in it.
            row(RECOVER_DATABASE, DATABASE_READY, "The cluster is well, and its database is not.")
                    .no(DATABASE_READY),
            row(LOOK_AGAIN, DATABASE_READY, "Whether the database is ready is not known.")
                    .unknown(DATABASE_READY),
            row(EXAMINE, NODE_GROUPS_HEALTHY, "It runs, users are not served, and a node group is ill.")
                    .no(NODE_GROUPS_HEALTHY, HEALTHY_OUTSIDE),
            row(
                            EXAMINE,
                            HEALTHY_OUTSIDE,
                            "It runs, and users are not served: look at the applications and at the way to them.")
                    .no(HEALTHY_OUTSIDE),
            row(NOT_NEEDED, NODES_READY, "It answers, and its nodes, its system and its database are ready."));

    private ClusterRules() {}

    /** The row that decides. */
    static Rule<ClusterLook, ClusterDecision> rule(Evidence evidence) {
        return ROWS.get(Rule.first(ROWS, evidence));
    }
}
