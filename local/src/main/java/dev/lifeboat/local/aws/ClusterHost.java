package dev.lifeboat.local.aws;

import java.util.List;

/** Who runs the clusters that CloudFormation creates. Each call may come twice, and then changes nothing more. */
public interface ClusterHost {
    /** Plays no clusters: every creation fails. */
    ClusterHost NONE = new ClusterHost() {
        @Override
        public EksCluster create(String cluster) {
            throw new UnsupportedOperationException("Nobody runs clusters here: EmbeddedCloud.Builder.clusterHost");
        }

        @Override
        public void join(String cluster, List<String> zones) {}

        @Override
        public void drain(String cluster) {}

        @Override
        public void isolate(String cluster, boolean isolated) {}

        @Override
        public void delete(String cluster) {}
    };

    /** Starts a control plane without nodes; returns when its API answers. */
    EksCluster create(String cluster);

    /**
     * Nodes of a node group join.
     *
     * @param zones the availability zone of each
     */
    void join(String cluster, List<String> zones);

    /** The nodes leave, with whatever runs on them. */
    void drain(String cluster);

    /** Nothing reaches the cluster's pods any more, or everything does again: what closed security groups do. */
    void isolate(String cluster, boolean isolated);

    /** Ends the cluster. Volumes stay. */
    void delete(String cluster);
}
