package dev.lifeboat.orchestrator.cluster;

import dev.lifeboat.lambda.AwsFaults;
import dev.lifeboat.orchestrator.cluster.RebuildRecord.OpenRules;
import dev.lifeboat.orchestrator.cluster.RebuildRecord.Permission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.Ipv6Range;
import software.amazon.awssdk.services.ec2.model.PrefixListId;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;

/**
 * The security groups of a cluster: the one that EKS made, which it tags, and the nodes' own, which the stack names. With no ingress rule
 * nothing new gets in; connections that are open are held no longer than the group's tracking of them.
 */
final class SecurityGroups {
    private final Ec2Client ec2;
    private final Stacks stacks;
    private final String base;

    SecurityGroups(Ec2Client ec2, Stacks stacks, String base) {
        this.ec2 = ec2;
        this.stacks = stacks;
        this.base = base;
    }

    /** What they let in now; one entry for each group, also for one that lets nothing in. */
    List<OpenRules> open(String cluster) {
        List<OpenRules> open = new ArrayList<>();
        try {
            ec2.describeSecurityGroupsPaginator(r -> r.filters(Filter.builder()
                            .name("tag:aws:eks:cluster-name")
                            .values(cluster)
                            .build()))
                    .securityGroups()
                    .forEach(group -> open.add(rules(group)));
            Optional<String> nodes = stacks.ofCluster(base, cluster)
                    .map(SecurityGroups::nodeGroup)
                    .filter(id -> id.startsWith("sg-"));
            if (nodes.isPresent()
                    && open.stream().noneMatch(each -> each.group().equals(nodes.get()))) {
                ec2.describeSecurityGroups(r -> r.groupIds(nodes.get()))
                        .securityGroups()
                        .forEach(group -> open.add(rules(group)));
            }
        } catch (SdkException e) {
            throw AwsFaults.translate("find the security groups of cluster " + cluster, e);
        }
        return open;
    }

    private static String nodeGroup(Stack stack) {
        String id = Stacks.output(stack, "NodeSecurityGroup");
        return id == null ? "" : id;
    }

    private static OpenRules rules(SecurityGroup group) {
        return new OpenRules(
                group.groupId(),
                group.ipPermissions().stream().map(SecurityGroups::noted).toList());
    }

    private static Permission noted(IpPermission rule) {
        return new Permission(
                rule.ipProtocol(),
                rule.fromPort(),
                rule.toPort(),
                rule.ipRanges().stream().map(IpRange::cidrIp).toList(),
                rule.ipv6Ranges().stream().map(Ipv6Range::cidrIpv6).toList(),
                rule.userIdGroupPairs().stream().map(UserIdGroupPair::groupId).toList(),
                rule.prefixListIds().stream().map(PrefixListId::prefixListId).toList());
    }

    /** Lets nothing more in. */
    void close(List<OpenRules> open) {
        for (OpenRules each : open) {
            if (!each.permissions().isEmpty()) {
                try {
                    ec2.revokeSecurityGroupIngress(r -> r.groupId(each.group()).ipPermissions(permissions(each)));
                } catch (SdkException e) {
                    if (!isCode(e, "InvalidPermission.NotFound")) {
                        throw AwsFaults.translate("close security group " + each.group(), e);
                    }
                }
            }
        }
    }

    /** Lets in again what was noted. */
    int reopen(List<OpenRules> noted) {
        int rules = 0;
        for (OpenRules each : noted) {
            if (!each.permissions().isEmpty()) {
                try {
                    ec2.authorizeSecurityGroupIngress(
                            r -> r.groupId(each.group()).ipPermissions(permissions(each)));
                } catch (SdkException e) {
                    if (!isCode(e, "InvalidPermission.Duplicate")) {
                        throw AwsFaults.translate("open security group " + each.group(), e);
                    }
                }
                rules += each.permissions().size();
            }
        }
        return rules;
    }

    private static boolean isCode(SdkException fault, String code) {
        return fault instanceof Ec2Exception answer
                && answer.awsErrorDetails() != null
                && code.equals(answer.awsErrorDetails().errorCode());
    }

    private static List<IpPermission> permissions(OpenRules rules) {
        return rules.permissions().stream().map(SecurityGroups::rule).toList();
    }

    private static IpPermission rule(Permission noted) {
        return IpPermission.builder()
                .ipProtocol(noted.protocol())
                .fromPort(noted.fromPort())
                .toPort(noted.toPort())
                .ipRanges(noted.cidrs().stream()
                        .map(each -> IpRange.builder().cidrIp(each).build())
                        .toList())
                .ipv6Ranges(noted.cidrs6().stream()
                        .map(each -> Ipv6Range.builder().cidrIpv6(each).build())
                        .toList())
                .userIdGroupPairs(noted.groups().stream()
                        .map(each -> UserIdGroupPair.builder().groupId(each).build())
                        .toList())
                .prefixListIds(noted.prefixLists().stream()
                        .map(each -> PrefixListId.builder().prefixListId(each).build())
                        .toList())
                .build();
    }
}
