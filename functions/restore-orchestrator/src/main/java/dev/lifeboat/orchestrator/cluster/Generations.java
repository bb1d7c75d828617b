package dev.lifeboat.orchestrator.cluster;

import dev.lifeboat.contract.error.MisconfiguredException;
import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.orchestrator.cluster.ClusterResults.Generation;
import dev.lifeboat.orchestrator.cluster.ClusterResults.StackState;
import dev.lifeboat.orchestrator.cluster.ClusterResults.StackStatus;
import dev.lifeboat.orchestrator.cluster.ClusterSettings.Placement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/** The clusters of a target, one after the other, each with a stack of its own. */
final class Generations {
    /** On every stack that a rebuild makes: whose it is. Without it none is deleted. */
    static final String TARGET_TAG = "lifeboat:target";

    private static final Pattern NAME = Pattern.compile("-(g[0-9]{1,6})$");

    private final Stacks stacks;
    private final RebuildRecords records;
    private final ClusterParameters parameters;
    private final String base;
    private final String template;
    private final Consumer<RecoveryScope> lease;

    /**
     * @param base the first cluster's name: VPC's and IAM's stacks, and all generations, are named after it
     * @param template the text of config/cloudformation/eks-cluster.yaml
     * @param lease throws when the lease is not the scope's any more
     */
    Generations(
            Stacks stacks,
            RebuildRecords records,
            ClusterParameters parameters,
            String base,
            String template,
            Consumer<RecoveryScope> lease) {
        this.stacks = stacks;
        this.records = records;
        this.parameters = parameters;
        this.base = base;
        this.template = template;
        this.lease = lease;
    }

    /** @throws dev.lifeboat.contract.error.FencedOffException when the lease is another's */
    Generation find(RecoveryScope scope) {
        lease.accept(scope);
        ClusterSettings settings = parameters.settings();
        String previous = scope.target().cluster();
        boolean inPlace = settings.placement() == Placement.IN_PLACE;
        Optional<Generation> begun = records.find(scope.target().name())
                .filter(record -> record.isOpenFor(previous))
                .filter(record -> record.hasPutOutOfUse() || record.generation().inPlace() == inPlace)
                .map(RebuildRecord::generation);
        if (begun.isPresent()) {
            return begun.get();
        }
        Generation next = inPlace ? inPlace(previous) : beside(previous);
        return records.begin(scope, next).generation();
    }

    private Generation inPlace(String previous) {
        String stack = stacks.ofCluster(base, previous).map(Stack::stackName).orElse(previous);
        return new Generation(name(previous), previous, stack, previous, true);
    }

    private Generation beside(String previous) {
        int highest = Math.max(1, number(previous));
        for (String stack : stacks.names(base + "-g")) {
            highest = Math.max(highest, number(stack));
        }
        String name = "g" + (highest + 1);
        return new Generation(name, base + "-" + name, base + "-" + name, previous, false);
    }

    private String name(String cluster) {
        Matcher matcher = NAME.matcher(cluster);
        return !cluster.equals(base) && matcher.find() ? matcher.group(1) : "";
    }

    private int number(String cluster) {
        String name = name(cluster);
        return name.isEmpty() ? 1 : Integer.parseInt(name.substring(1));
    }

    StackState create(RecoveryScope scope, Generation generation, int attempt) {
        lease.accept(scope);
        StackState there = stacks.state(generation.stack());
        if (there.status() != StackStatus.ABSENT) {
            return there;
        }
        stacks.create(new Stacks.Creation(
                generation.stack(),
                template,
                parameters(generation, attempt),
                Map.of(
                        TARGET_TAG,
                        scope.target().name(),
                        "lifeboat:incident",
                        scope.incident(),
                        "lifeboat:token",
                        Long.toString(scope.token())),
                stacks.clusterRole(base),
                requestToken("create", scope, attempt)));
        return stacks.state(generation.stack());
    }

    private Map<String, String> parameters(Generation generation, int attempt) {
        ClusterSettings settings = parameters.settings();
        Map<String, String> values = new LinkedHashMap<>(settings.stackParameters());
        values.put("ClusterName", base);
        values.put("Generation", generation.name());
        // The lost cluster's were retained, and another group of the same name would be refused.
        if (generation.inPlace()) {
            values.put("LogGroups", "there");
        }
        values.put("VpcStack", base + "-vpc");
        values.put("IamStack", base + "-iam");
        if (settings.kubernetesVersion() != null) {
            values.put("KubernetesVersion", settings.kubernetesVersion());
        }
        if (settings.nodeCount() != null) {
            values.put("NodeCount", Integer.toString(settings.nodeCount()));
        }
        putList(values, "InstanceTypes", settings.instanceTypes(attempt));
        List<String> subnets = settings.subnetIds(attempt);
        putList(values, "SubnetIds", subnets.isEmpty() ? subnetsOfTheVpc() : subnets);
        return values;
    }

    private List<String> subnetsOfTheVpc() {
        String vpc = base + "-vpc";
        String subnets = stacks.find(vpc)
                .map(stack -> Stacks.output(stack, "NodeSubnetIds"))
                .orElseThrow(() -> new MisconfiguredException(
                        "There is no stack " + vpc + " with an output NodeSubnetIds.",
                        "Create it from config/cloudformation/vpc-networking.yaml, or name subnets in the parameter"
                                + " NodeSubnetIds of template.yaml."));
        return List.of(subnets.split(","));
    }

    private static void putList(Map<String, String> values, String name, List<String> list) {
        if (!list.isEmpty()) {
            values.put(name, String.join(",", list));
        }
    }

    StackState status(Generation generation) {
        return stacks.state(generation.stack());
    }

    /** @throws MisconfiguredException when it is the target's cluster, or none that a rebuild made */
    StackState deleteFailed(RecoveryScope scope, Generation generation, String stackId) {
        lease.accept(scope);
        Optional<Stack> found = stacks.find(generation.stack());
        // One that was made since under the same name is not meant.
        if (found.filter(stack -> stack.stackId().equals(stackId)).isPresent()) {
            requireOurs(scope, found.get());
            if (!generation.inPlace() && parameters.target().cluster().equals(generation.cluster())) {
                throw new MisconfiguredException(
                        "Stack " + generation.stack() + " is the cluster that " + parameters.targetName()
                                + " names: it is in use, and is not deleted.",
                        "Look at the recovery that made it the target's cluster.");
            }
            stacks.delete(stackId, stacks.clusterRole(base), requestToken("delete", scope, 1));
        }
        return stacks.state(generation.stack());
    }

    private static void requireOurs(RecoveryScope scope, Stack stack) {
        if (!scope.target().name().equals(Stacks.tag(stack, TARGET_TAG))) {
            throw new MisconfiguredException(
                    "Stack " + stack.stackName() + " has no tag " + TARGET_TAG + "="
                            + scope.target().name() + ": no rebuild of this target made it, so it is not deleted.",
                    "Delete it by hand if it is of no use, and start the recovery again.");
        }
    }

    /** What CloudFormation takes for one request: letters, digits and hyphens. */
    static String requestToken(String what, RecoveryScope scope, int attempt) {
        String incident = scope.incident().replaceAll("[^A-Za-z0-9-]", "-");
        return "lifeboat-" + what + "-" + scope.token() + "-" + attempt + "-"
                + incident.substring(0, Math.min(80, incident.length()));
    }
}
