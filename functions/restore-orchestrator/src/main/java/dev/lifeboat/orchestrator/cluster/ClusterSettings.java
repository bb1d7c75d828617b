package dev.lifeboat.orchestrator.cluster;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.lifeboat.contract.Require;
import java.util.List;
import java.util.Map;

/**
 * How a cluster is rebuilt: the JSON of the parameter {@code /lifeboat/TARGET/cluster}.
 *
 * @param clusterName the first cluster's name: all generations, and the stacks of VPC and IAM, are named after it
 * @param placement beside the old one, or in its place
 * @param kubernetesVersion such as {@code 1.33}; null for the template's
 * @param nodeCount how many nodes; null for the template's
 * @param instanceTypes of the nodes; empty for the template's
 * @param subnetIds for the cluster; empty for those of the VPC's stack
 * @param otherInstanceTypes for the second attempt; empty for the same again
 * @param otherSubnetIds for the second attempt; empty for the same again
 * @param retireAfterDays how long after a rebuild the old cluster is kept; null or 0 for ever
 * @param stackParameters further parameters of the template, such as who may do what in the cluster
 */
record ClusterSettings(
        String clusterName,
        Placement placement,
        String kubernetesVersion,
        Integer nodeCount,
        List<String> instanceTypes,
        List<String> subnetIds,
        List<String> otherInstanceTypes,
        List<String> otherSubnetIds,
        Integer retireAfterDays,
        Map<String, String> stackParameters) {
    /** Where the next generation goes. */
    enum Placement {
        /** The old one stays until the new one has taken over, and longer. */
        @JsonProperty("beside")
        BESIDE,
        /** The old one goes first: for accounts whose limits allow no second cluster. */
        @JsonProperty("in-place")
        IN_PLACE
    }

    ClusterSettings {
        Require.text("clusterName", clusterName);
        Require.present("placement", placement);
        retireAfterDays = retireAfterDays == null ? 0 : retireAfterDays;
        Require.range("retireAfterDays", retireAfterDays, 0, 3650);
        instanceTypes = given(instanceTypes);
        subnetIds = given(subnetIds);
        otherInstanceTypes = given(otherInstanceTypes);
        otherSubnetIds = given(otherSubnetIds);
        stackParameters = stackParameters == null ? Map.of() : Map.copyOf(stackParameters);
    }

    /** An empty list of CloudFormation is a list of one empty text. */
    private static List<String> given(List<String> values) {
        return Require.listOrEmpty(values).stream()
                .filter(value -> !value.isBlank())
                .toList();
    }

    /** @param attempt 1 or 2 */
    List<String> instanceTypes(int attempt) {
        return attempt > 1 && !otherInstanceTypes.isEmpty() ? otherInstanceTypes : instanceTypes;
    }

    /** @param attempt 1 or 2 */
    List<String> subnetIds(int attempt) {
        return attempt > 1 && !otherSubnetIds.isEmpty() ? otherSubnetIds : subnetIds;
    }
}
