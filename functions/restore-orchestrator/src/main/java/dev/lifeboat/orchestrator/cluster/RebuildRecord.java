package dev.lifeboat.orchestrator.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.contract.Require;
import dev.lifeboat.kubernetes.StoppedWorkload;
import java.time.Instant;
import java.util.List;

/**
 * How far the last rebuild of a target's cluster is: what {@code generations/TARGET.json} in the backup bucket holds. A recovery that died
 * is continued from it, and the fence is undone by it.
 *
 * @param version 1
 * @param incident of the recovery that wrote it last
 * @param token of the lease that it was written under
 * @param generation what is built
 * @param oldStackId the stack that is deleted in place; null before
 * @param fence what the old cluster was before it was fenced; null before
 * @param facts what the rebuild had come to when it made the new generation the target's, as its machine wrote it: whoever finishes it
 *     reports them; null before
 * @param finishedAt when the target parameter named the new generation; null before
 */
record RebuildRecord(
        int version,
        String incident,
        long token,
        ClusterResults.Generation generation,
        String oldStackId,
        Fence fence,
        JsonNode facts,
        Instant finishedAt) {
    /**
     * The old cluster, before it was fenced.
     *
     * @param how by what it is fenced; null while it is not yet
     * @param workloads what ran
     * @param rules what its security groups let in
     * @param loadBalancer the host name or address of its load balancer, which outlives it; null when its API did not say
     */
    record Fence(
            ClusterResults.FencedHow how, List<StoppedWorkload> workloads, List<OpenRules> rules, String loadBalancer) {
        Fence {
            workloads = Require.listOrEmpty(workloads);
            rules = Require.listOrEmpty(rules);
        }
    }

    /**
     * What a security group let in.
     *
     * @param group its id
     * @param permissions its ingress rules
     */
    record OpenRules(String group, List<Permission> permissions) {
        OpenRules {
            permissions = Require.listOrEmpty(permissions);
        }
    }

    /**
     * One ingress rule, as EC2's IpPermission has it.
     *
     * @param protocol such as {@code tcp}, {@code -1} for all
     * @param fromPort null for all
     * @param toPort null for all
     * @param cidrs IPv4 ranges
     * @param cidrs6 IPv6 ranges
     * @param groups ids of security groups
     * @param prefixLists ids of prefix lists
     */
    record Permission(
            String protocol,
            Integer fromPort,
            Integer toPort,
            List<String> cidrs,
            List<String> cidrs6,
            List<String> groups,
            List<String> prefixLists) {
        Permission {
            Require.text("protocol", protocol);
            cidrs = Require.listOrEmpty(cidrs);
            cidrs6 = Require.listOrEmpty(cidrs6);
            groups = Require.listOrEmpty(groups);
            prefixLists = Require.listOrEmpty(prefixLists);
        }
    }

    RebuildRecord {
        Require.range("version", version, 1, 1);
        Require.text("incident", incident);
        Require.present("generation", generation);
    }

    /** Whether it is about the cluster, and has not finished. */
    boolean isOpenFor(String cluster) {
        return finishedAt == null && generation.previous().equals(cluster);
    }

    /**
     * Whether it has put the cluster in place, and somebody has something left to do: the incident that began it, whose report may be missing, or
     * whoever comes while nothing says that it has finished.
     */
    boolean isToBeFinished(String cluster, String by) {
        boolean inPlace = generation.cluster().equals(cluster) && !isOpenFor(cluster);
        return inPlace && facts != null && !facts.isNull() && (incident.equals(by) || finishedAt == null);
    }

    /** Whether the old cluster is of no use any more, so that only going on helps. */
    boolean hasPutOutOfUse() {
        return oldStackId != null || (fence != null && fence.how() != null);
    }

    RebuildRecord withOldStack(String stackId) {
        return new RebuildRecord(version, incident, token, generation, stackId, fence, facts, finishedAt);
    }

    RebuildRecord withFence(Fence next) {
        return new RebuildRecord(version, incident, token, generation, oldStackId, next, facts, finishedAt);
    }

    RebuildRecord withFacts(JsonNode known) {
        return new RebuildRecord(version, incident, token, generation, oldStackId, fence, known, finishedAt);
    }

    RebuildRecord withFinishedAt(Instant at) {
        return new RebuildRecord(version, incident, token, generation, oldStackId, fence, facts, at);
    }
}
