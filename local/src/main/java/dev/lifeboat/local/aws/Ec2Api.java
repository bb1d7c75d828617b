package dev.lifeboat.local.aws;

import dev.lifeboat.local.storage.BlockSnapshot;
import dev.lifeboat.local.storage.BlockStorage;
import dev.lifeboat.local.storage.BlockVolume;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * Volumes, snapshots and security groups, in the protocol of EC2. Source: Amazon EC2 API reference, CreateVolume, DescribeVolumes,
 * DeleteVolume, CreateSnapshot, DescribeSnapshots, DescribeSecurityGroups, DescribeSecurityGroupRules, AuthorizeSecurityGroupIngress,
 * RevokeSecurityGroupIngress. Lists are never longer than a page.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/OperationList-query.html">Actions</a>
 */
final class Ec2Api implements Service {
    private static final String NAMESPACE = "http://ec2.amazonaws.com/doc/2016-11-15/";
    private static final Set<String> KNOWN = Set.of(
            "Action",
            "Version",
            "VolumeId",
            "SnapshotId",
            "GroupId",
            "SecurityGroupRuleId",
            "Filter",
            "Owner",
            "MaxResults",
            "AvailabilityZone",
            "Size",
            "VolumeType",
            "Iops",
            "Throughput",
            "Encrypted",
            "KmsKeyId",
            "ClientToken",
            "TagSpecification",
            "Description",
            "IpPermissions");

    private final BlockStorage storage;
    private final SecurityGroups groups;
    private final Clock clock;

    Ec2Api(BlockStorage storage, SecurityGroups groups, Clock clock) {
        this.storage = storage;
        this.groups = groups;
        this.clock = clock;
    }

    @Override
    public void handle(Request request) throws IOException {
        Map<String, String> form = request.form();
        String action = form.getOrDefault("Action", "");
        form.keySet().forEach(field -> {
            if (!KNOWN.contains(field.split("\\.", 2)[0])) {
                throw new UnknownRequestException(request.describe() + " Action=" + action + " with " + field);
            }
        });
        String answer = answer(action, form);
        if (answer == null) {
            throw new UnknownRequestException(request.describe() + " Action=" + action);
        }
        request.reply(
                200,
                "text/xml",
                Xml.element(action + "Response", NAMESPACE, Xml.text("requestId", UUID.randomUUID()) + answer));
    }

    private String answer(String action, Map<String, String> form) {
        return switch (action) {
            case "DescribeVolumes" ->
                Xml.list(
                        "volumeSet",
                        "item",
                        chosen(
                                storage.volumes(),
                                form,
                                "VolumeId",
                                BlockVolume::id,
                                "InvalidVolume.NotFound",
                                this::field),
                        this::volume);
            case "CreateVolume" -> volume(createVolume(form));
            case "DeleteVolume" -> deleteVolume(form);
            case "DescribeSnapshots" ->
                Xml.list(
                        "snapshotSet",
                        "item",
                        chosen(
                                storage.snapshots(),
                                form,
                                "SnapshotId",
                                BlockSnapshot::id,
                                "InvalidSnapshot.NotFound",
                                this::field),
                        this::snapshot);
            case "CreateSnapshot" -> snapshot(createSnapshot(form));
            case "DescribeSecurityGroups" ->
                Xml.list(
                        "securityGroupInfo",
                        "item",
                        chosen(
                                groups.all(),
                                form,
                                "GroupId",
                                SecurityGroups.Group::id,
                                "InvalidGroup.NotFound",
                                Ec2Api::field),
                        Ec2Api::group);
            case "DescribeSecurityGroupRules" -> rules(form);
            case "AuthorizeSecurityGroupIngress" -> authorize(form);
            case "RevokeSecurityGroupIngress" -> revoke(form);
            default -> null;
        };
    }

    /** Those that the request names and whose fields its filters let through. */
    private static <T> List<T> chosen(
            Collection<T> all,
            Map<String, String> form,
            String idField,
            Function<T, String> id,
            String notFound,
            FieldOf<T> field) {
        List<String> ids = QueryForm.list(form, idField);
        for (String wanted : ids) {
            if (all.stream().noneMatch(each -> id.apply(each).equals(wanted))) {
                throw ApiException.badRequest(notFound, "The id '" + wanted + "' does not exist");
            }
        }
        List<T> found = new ArrayList<>(all);
        found.removeIf(each -> !ids.isEmpty() && !ids.contains(id.apply(each)));
        for (Map<String, String> filter : QueryForm.structures(form, "Filter")) {
            List<String> values = QueryForm.list(filter, "Value");
            found.removeIf(each -> !values.contains(field.of(each, filter.get("Name"))));
        }
        return found;
    }

    /** What a filter's name means. */
    private interface FieldOf<T> {
        /** @throws UnknownRequestException when nothing here */
        String of(T of, String filter);
    }

    private static String tagged(Map<String, String> tags, String filter) {
        if (filter.startsWith("tag:")) {
            return tags.get(filter.substring("tag:".length()));
        }
        throw new UnknownRequestException("EC2's filter " + filter);
    }

    private String field(BlockVolume volume, String filter) {
        return switch (filter) {
            case "volume-id" -> volume.id();
            case "status" -> state(volume);
            case "snapshot-id" -> volume.snapshot();
            case "availability-zone" -> volume.zone();
            default -> tagged(volume.tags(), filter);
        };
    }

    private String field(BlockSnapshot snapshot, String filter) {
        return switch (filter) {
            case "snapshot-id" -> snapshot.id();
            case "volume-id" -> snapshot.volume();
            case "status" -> state(snapshot);
            default -> tagged(snapshot.tags(), filter);
        };
    }

    private static String field(SecurityGroups.Group group, String filter) {
        return switch (filter) {
            case "group-id" -> group.id();
            case "group-name" -> group.name();
            case "vpc-id" -> group.vpc();
            default -> tagged(group.tags(), filter);
        };
    }

    private String state(BlockVolume volume) {
        if (clock.instant().isBefore(volume.availableAt())) {
            return "creating";
        }
        return volume.attached() ? "in-use" : "available";
    }

    private String state(BlockSnapshot snapshot) {
        return snapshot.progress(clock.instant()) < 100 ? "pending" : "completed";
    }

    private BlockVolume createVolume(Map<String, String> form) {
        try {
            return storage.createVolume(
                    form.getOrDefault("AvailabilityZone", ""),
                    Integer.parseInt(form.getOrDefault("Size", "0")),
                    form.getOrDefault("SnapshotId", ""),
                    tags(form, "volume"),
                    form.getOrDefault("ClientToken", ""));
        } catch (BlockStorage.NoSuchStorageException e) {
            String code = e.getMessage().contains("pending") ? "IncorrectState" : "InvalidSnapshot.NotFound";
            throw ApiException.badRequest(code, e.getMessage());
        }
    }

    private String deleteVolume(Map<String, String> form) {
        String id = form.getOrDefault("VolumeId", "");
        BlockVolume volume = storage.volume(id)
                .orElseThrow(() ->
                        ApiException.badRequest("InvalidVolume.NotFound", "The volume '" + id + "' does not exist."));
        if (volume.attached()) {
            throw ApiException.badRequest("VolumeInUse", "Volume " + id + " is currently attached");
        }
        storage.deleteVolume(id);
        return Xml.text("return", true);
    }

    private BlockSnapshot createSnapshot(Map<String, String> form) {
        try {
            return storage.createSnapshot(
                    form.getOrDefault("VolumeId", ""), form.getOrDefault("Description", ""), tags(form, "snapshot"));
        } catch (BlockStorage.NoSuchStorageException e) {
            throw ApiException.badRequest("InvalidVolume.NotFound", e.getMessage());
        }
    }

    private static Map<String, String> tags(Map<String, String> form, String type) {
        return QueryForm.structures(form, "TagSpecification").stream()
                .filter(each -> type.equals(each.get("ResourceType")))
                .findFirst()
                .map(each -> QueryForm.pairs(each, "Tag", "Key", "Value"))
                .orElse(Map.of());
    }

    private static String tagSet(Map<String, String> tags) {
        return Xml.list(
                "tagSet",
                "item",
                tags.entrySet(),
                tag -> Xml.text("key", tag.getKey()) + Xml.text("value", tag.getValue()));
    }

    private String volume(BlockVolume volume) {
        return Xml.text("volumeId", volume.id())
                + Xml.text("size", volume.gibibytes())
                + Xml.text("snapshotId", volume.snapshot())
                + Xml.text("availabilityZone", volume.zone())
                + Xml.text("status", state(volume))
                + Xml.text("createTime", time(volume.createdAt()))
                + Xml.text("volumeType", "gp3")
                + Xml.text("encrypted", true)
                + tagSet(volume.tags());
    }

    private String snapshot(BlockSnapshot snapshot) {
        return Xml.text("snapshotId", snapshot.id())
                + Xml.text("volumeId", snapshot.volume())
                + Xml.text("status", state(snapshot))
                + Xml.text("startTime", time(snapshot.startedAt()))
                + Xml.text("progress", snapshot.progress(clock.instant()) + "%")
                + Xml.text("ownerId", EmbeddedCloud.ACCOUNT)
                + Xml.text("volumeSize", snapshot.gibibytes())
                + Xml.text("description", snapshot.description())
                + Xml.text("encrypted", true)
                + tagSet(snapshot.tags());
    }

    private static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    private static String group(SecurityGroups.Group group) {
        return Xml.text("ownerId", EmbeddedCloud.ACCOUNT)
                + Xml.text("groupId", group.id())
                + Xml.text("groupName", group.name())
                + Xml.text("groupDescription", group.description())
                + Xml.text("vpcId", group.vpc())
                + permissions("ipPermissions", group, false)
                + permissions("ipPermissionsEgress", group, true)
                + tagSet(group.tags());
    }

    private static String permissions(String name, SecurityGroups.Group group, boolean egress) {
        List<SecurityGroups.Rule> rules =
                group.rules().stream().filter(rule -> rule.egress() == egress).toList();
        return Xml.list(name, "item", rules, rule -> ports("fromPort", "toPort", rule) + peers(rule));
    }

    private static String ports(String from, String to, SecurityGroups.Rule rule) {
        // A permission for every protocol has no ports.
        return Xml.text("ipProtocol", rule.protocol())
                + (rule.protocol().equals("-1") ? "" : Xml.text(from, rule.from()) + Xml.text(to, rule.to()));
    }

    private static String peers(SecurityGroups.Rule rule) {
        if (rule.cidr() != null) {
            return "<ipRanges><item>" + Xml.text("cidrIp", rule.cidr()) + Xml.text("description", rule.description())
                    + "</item></ipRanges>";
        }
        return "<groups><item>" + Xml.text("userId", EmbeddedCloud.ACCOUNT) + Xml.text("groupId", rule.group())
                + Xml.text("description", rule.description()) + "</item></groups>";
    }

    private String rules(Map<String, String> form) {
        List<String> all = new ArrayList<>();
        List<String> wanted = QueryForm.list(form, "SecurityGroupRuleId");
        for (SecurityGroups.Group group : chosen(
                groups.all(), form, "GroupId", SecurityGroups.Group::id, "InvalidGroup.NotFound", Ec2Api::field)) {
            group.rules().stream()
                    .filter(rule -> wanted.isEmpty() || wanted.contains(rule.id()))
                    .forEach(rule -> all.add(rule(group.id(), rule)));
        }
        return Xml.list("securityGroupRuleSet", "item", all, each -> each);
    }

    private static String rule(String group, SecurityGroups.Rule rule) {
        return Xml.text("securityGroupRuleId", rule.id())
                + Xml.text("groupId", group)
                + Xml.text("groupOwnerId", EmbeddedCloud.ACCOUNT)
                + Xml.text("isEgress", rule.egress())
                + Xml.text("ipProtocol", rule.protocol())
                + Xml.text("fromPort", rule.from())
                + Xml.text("toPort", rule.to())
                + Xml.text("cidrIpv4", rule.cidr())
                + (rule.group() == null
                        ? ""
                        : "<referencedGroupInfo>" + Xml.text("groupId", rule.group()) + "</referencedGroupInfo>")
                + Xml.text("description", rule.description());
    }

    private String authorize(Map<String, String> form) {
        String group = form.getOrDefault("GroupId", "");
        List<SecurityGroups.Rule> made = new ArrayList<>();
        permissions(form).forEach(rule -> made.add(groups.authorize(group, rule)));
        return Xml.text("return", true) + Xml.list("securityGroupRuleSet", "item", made, rule -> rule(group, rule));
    }

    private String revoke(Map<String, String> form) {
        String group = form.getOrDefault("GroupId", "");
        QueryForm.list(form, "SecurityGroupRuleId").forEach(id -> groups.revoke(group, id));
        permissions(form).forEach(rule -> groups.revoke(group, rule));
        return Xml.text("return", true);
    }

    private static List<SecurityGroups.Rule> permissions(Map<String, String> form) {
        List<SecurityGroups.Rule> rules = new ArrayList<>();
        for (Map<String, String> each : QueryForm.structures(form, "IpPermissions")) {
            each.keySet().forEach(field -> {
                if (!Set.of("IpProtocol", "FromPort", "ToPort", "IpRanges", "Groups")
                        .contains(field.split("\\.", 2)[0])) {
                    throw new UnknownRequestException("EC2's IpPermissions with " + field);
                }
            });
            QueryForm.structures(each, "IpRanges")
                    .forEach(range -> rules.add(rule(each, range.get("CidrIp"), null, range.get("Description"))));
            QueryForm.structures(each, "Groups")
                    .forEach(peer -> rules.add(rule(each, null, peer.get("GroupId"), peer.get("Description"))));
        }
        return rules;
    }

    private static SecurityGroups.Rule rule(Map<String, String> given, String cidr, String group, String description) {
        return new SecurityGroups.Rule(
                "",
                false,
                given.getOrDefault("IpProtocol", "-1"),
                Integer.parseInt(given.getOrDefault("FromPort", "-1")),
                Integer.parseInt(given.getOrDefault("ToPort", "-1")),
                cidr,
                group,
                description == null ? "" : description);
    }
}
