package dev.lifeboat.orchestrator.cluster;

import dev.lifeboat.lambda.AwsFaults;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.eks.model.Addon;
import software.amazon.awssdk.services.eks.model.Cluster;
import software.amazon.awssdk.services.eks.model.Nodegroup;
import software.amazon.awssdk.services.eks.model.ResourceNotFoundException;

/** What EKS says of a cluster. */
final class EksView {
    private final EksClient eks;

    EksView(EksClient eks) {
        this.eks = eks;
    }

    /** Its status, such as {@code ACTIVE}; empty when there is no such cluster. */
    Optional<String> status(String cluster) {
        try {
            Cluster found = eks.describeCluster(r -> r.name(cluster)).cluster();
            return Optional.of(found.statusAsString());
        } catch (ResourceNotFoundException e) {
            return Optional.empty();
        } catch (SdkException e) {
            throw AwsFaults.translate("describe EKS cluster " + cluster, e);
        }
    }

    /** What is not as it should be with its node groups, empty when nothing is. */
    List<String> nodeGroupProblems(String cluster) {
        List<String> problems = new ArrayList<>();
        try {
            for (String name :
                    eks.listNodegroupsPaginator(r -> r.clusterName(cluster)).nodegroups()) {
                Nodegroup group = eks.describeNodegroup(
                                r -> r.clusterName(cluster).nodegroupName(name))
                        .nodegroup();
                if (!group.statusAsString().equals("ACTIVE")
                        && !group.statusAsString().equals("UPDATING")) {
                    problems.add("node group " + name + " is " + group.statusAsString());
                }
                if (group.health() != null) {
                    group.health()
                            .issues()
                            .forEach(issue -> problems.add(
                                    "node group " + name + ": " + issue.codeAsString() + ": " + issue.message()));
                }
            }
        } catch (SdkException e) {
            throw AwsFaults.translate("look at the node groups of EKS cluster " + cluster, e);
        }
        return problems;
    }

    /** Its add-ons that are not ACTIVE. */
    List<String> addonProblems(String cluster) {
        List<String> problems = new ArrayList<>();
        try {
            for (String name :
                    eks.listAddonsPaginator(r -> r.clusterName(cluster)).addons()) {
                Addon addon = eks.describeAddon(r -> r.clusterName(cluster).addonName(name))
                        .addon();
                if (!addon.statusAsString().equals("ACTIVE")) {
                    problems.add("add-on " + name + " is " + addon.statusAsString());
                }
            }
        } catch (SdkException e) {
            throw AwsFaults.translate("look at the add-ons of EKS cluster " + cluster, e);
        }
        return problems;
    }
}
