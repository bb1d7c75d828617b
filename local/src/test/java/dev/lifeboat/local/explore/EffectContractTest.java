package dev.lifeboat.local.explore;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.local.explore.Generations.Next;
import dev.lifeboat.testsupport.Effect;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds what the models do to the tables of docs/effects.md, to which the functions' own tests hold the steps. */
class EffectContractTest {
    private static final Path ROOT = Path.of(System.getProperty("lifeboat.root"));
    private static final ActionModels MODELS = ActionModels.declared();
    private static final String INCIDENT = "incident-1";
    private static final String OWNER = "execution-2";
    private static final Map<String, Long> TOKENS = Map.of("none", 0L, "older", 3L, "ours", 5L, "newer", 7L);
    private static final long OURS = TOKENS.get("ours");
    private static final String PLAN = "plan";
    /** Actions that have a name of their own for what they are asked. */
    private static final Map<String, String> VARIANTS =
            Map.of("inherit-lease", "acquire-lease", "apply-volume", "apply", "apply-backups", "apply");

    private static final Map<String, String> USUAL = Map.of(
            "target", "live",
            "live", "absent",
            "door", "open",
            "quarantine", "none",
            "restore", "none",
            "fence", "none",
            "swap", "none");
    private static final Map<String, Data> DATA =
            Map.of("absent", Data.ABSENT, "empty", Data.EMPTY, "damaged", Data.BROKEN, "restored", Data.RESTORED);
    private static final Map<String, Restore> RESTORES = Map.of(
            "older", new Restore(TOKENS.get("older"), "another plan", Restore.Stage.PREPARED, false),
            "prepared", new Restore(OURS, PLAN, Restore.Stage.PREPARED, false),
            "loaded", new Restore(OURS, PLAN, Restore.Stage.LOADED, false),
            "finished", new Restore(OURS, PLAN, Restore.Stage.FINISHED, true));

    static List<Effect> databases() {
        return Effect.of(ROOT, "Databases");
    }

    @ParameterizedTest
    @MethodSource("databases")
    void aStepOnDatabasesDoesWhatItsModelDoes(Effect effect) {
        World found = world(effect);
        assertThat(facts(found)).isEqualTo(Effect.unusual(effect.finds(), USUAL));
        Outcomes outcomes = run("RecoverDatabase", effect.step(), payload(), found);

        if (!effect.refusal().isEmpty()) {
            assertThat(changes(found, outcomes)).as("before it refuses").isEmpty();
        } else if (List.of("assess", "finish").contains(effect.step())) {
            // A look has other answers too: what it cannot see, it leaves as it is. So does one of many calls.
            Map<String, String> leaves = Effect.unusual(effect.leaves(), USUAL);
            assertThat(outcomes.refusals).isEmpty();
            assertThat(outcomes.answers.stream().map(answer -> facts(answer.after())))
                    .contains(leaves)
                    .allMatch(facts -> facts.equals(leaves) || facts.equals(facts(found)));
            return;
        }
        assertOutcomes(effect, outcomes, EffectContractTest::facts, USUAL);
    }

    private static final Map<String, String> USUAL_APPLICATIONS = Map.of("fence", "none", "incident", "another");

    static List<Effect> applications() {
        return Effect.of(ROOT, "Applications");
    }

    @ParameterizedTest
    @MethodSource("applications")
    void aStepOnApplicationsDoesWhatItsModelDoes(Effect effect) {
        World found = World.beginning(false, Data.GOOD)
                .withLease(new Lease(OURS, OWNER, true))
                .withRestartedBy(TOKENS.get(effect.found("fence", "none")));

        Outcomes outcomes = run("RecoverApplication", effect.step(), payload(), found);

        // Whose the fence is that it finds is no part of the world: whatever it is, the model does the same.
        String incident = effect.found("incident", "another");
        assertOutcomes(
                effect,
                outcomes,
                world -> Effect.unusual(
                        Map.of("fence", key(TOKENS, world.restartedBy()), "incident", incident), USUAL_APPLICATIONS),
                USUAL_APPLICATIONS);
    }

    private static final Map<String, String> USUAL_CLUSTERS =
            Map.of("stack", "none", "server", "none", "parameter", "old", "old", "running", "lease", "ours");
    private static final Map<String, Next> STACKS = Map.of(
            "none", Next.ABSENT,
            "creating", Next.CREATING,
            "failed", Next.FAILED,
            "complete", Next.COMPLETE,
            "applied", Next.APPLIED,
            "healthy", Next.HEALTHY);

    static List<Effect> clusters() {
        return Effect.of(ROOT, "Clusters");
    }

    @ParameterizedTest
    @MethodSource("clusters")
    void aStepOnClustersDoesWhatItsModelDoes(Effect effect) {
        World found = clusterWorld(effect);
        assertThat(clusterFacts(found)).isEqualTo(Effect.unusual(effect.finds(), USUAL_CLUSTERS));
        ObjectNode payload = payload().put("stackId", "stack-1").put("attempt", 1);
        payload.put("part", effect.step().equals("apply-backups") ? "backups" : "base");
        if (effect.step().equals("apply-volume")) {
            payload.putObject("volume");
        }

        Outcomes outcomes = run("RecoverCluster", effect.step(), payload, found);

        assertOutcomes(effect, outcomes, EffectContractTest::clusterFacts, USUAL_CLUSTERS);
    }

    private static World clusterWorld(Effect effect) {
        String stack = effect.found("stack", "none");
        Generations stacks = Generations.BEGINNING
                .withStack(
                        STACKS.getOrDefault(stack, Next.FAILED),
                        stack.equals("none") ? 0 : stack.equals("another") ? 2 : 1)
                .withFence(effect.found("old", "running").equals("fenced"));
        Generations generations =
                effect.found("parameter", "old").equals("new") ? stacks.switchedBy(INCIDENT, true) : stacks;
        Generations old = effect.found("old", "running").equals("gone") ? generations.withoutOld() : generations;
        String server = effect.found("server", "none");
        World target = World.beginning(false, Data.GOOD).withGenerations(old);
        return (server.equals("none")
                        ? target
                        : target.withServer(server.equals("brought") ? Data.GOOD : Data.EMPTY, old.withServer()))
                .withLease(lease(effect));
    }

    private static Map<String, String> clusterFacts(World world) {
        Generations generations = world.generations();
        boolean serves = generations.server() > 0 && generations.next().compareTo(Next.APPLIED) >= 0;
        Map<String, String> facts = new TreeMap<>();
        facts.put("stack", generations.stack() == 2 ? "another" : key(STACKS, generations.next()));
        facts.put("server", !serves ? "none" : world.live() == Data.EMPTY ? "empty" : "brought");
        facts.put("parameter", generations.switched() ? "new" : "old");
        facts.put("old", generations.deleted() ? "gone" : generations.fenced() ? "fenced" : "running");
        facts.put("lease", world.lease().isHeldUnder(OURS) ? "ours" : "newer");
        return Effect.unusual(facts, USUAL_CLUSTERS);
    }

    private static final Map<String, String> USUAL_INSTANCES =
            Map.of("beside", "none", "former", "none", "lease", "ours");

    static List<Effect> instances() {
        return Effect.of(ROOT, "Instances");
    }

    @ParameterizedTest
    @MethodSource("instances")
    void aStepOnInstancesDoesWhatItsModelDoes(Effect effect) {
        World found = instanceWorld(effect);
        assertThat(instanceFacts(found)).isEqualTo(Effect.unusual(effect.finds(), USUAL_INSTANCES));

        Outcomes outcomes = run("RecoverDatabase", effect.step(), payload(), found);

        assertOutcomes(effect, outcomes, EffectContractTest::instanceFacts, USUAL_INSTANCES);
    }

    private static World instanceWorld(Effect effect) {
        String beside = effect.found("beside", "none");
        World target = World.beginning(false, Data.BROKEN).withLease(lease(effect));
        if (beside.equals("none")) {
            return target;
        }
        if (beside.equals("older")) {
            return target.withBeside(Beside.begun(TOKENS.get("older")));
        }
        Beside ours = Beside.begun(OURS).lookedInto();
        if (!beside.equals("live")) {
            return target.withBeside(ours.at(Beside.Stage.valueOf(beside.toUpperCase(Locale.ROOT))));
        }
        World led = target.withBeside(ours.at(Beside.Stage.PROMOTED)).takeOver(INCIDENT);
        return effect.found("former", "none").equals("out") ? led.quarantineFormer() : led;
    }

    private static Map<String, String> instanceFacts(World world) {
        Beside beside = world.beside();
        Map<String, String> facts = new TreeMap<>();
        facts.put(
                "beside",
                beside == null
                        ? "none"
                        : beside.token() != OURS
                                ? "older"
                                : beside.stage().name().toLowerCase(Locale.ROOT));
        facts.put("former", world.putBy().isEmpty() ? "none" : world.formerRuns() ? "running" : "out");
        facts.put("lease", world.lease().isHeldUnder(OURS) ? "ours" : "newer");
        return Effect.unusual(facts, USUAL_INSTANCES);
    }

    private static final Map<String, String> USUAL_LEASES =
            Map.of("owner", "none", "token", "none", "state", "held", "runs", "yes", "heir", "none");

    static List<Effect> leases() {
        return Effect.of(ROOT, "Leases");
    }

    @ParameterizedTest
    @MethodSource("leases")
    void aStepOnLeasesDoesWhatItsModelDoes(Effect effect) {
        String owner = effect.found("owner", "none");
        Lease lease = owner.equals("none")
                ? Lease.NONE
                : new Lease(
                        Long.parseLong(effect.found("token", "none")),
                        owner,
                        effect.found("state", "held").equals("held"),
                        effect.found("heir", "none").replace("none", ""));
        Set<String> ended = effect.found("runs", "yes").equals("no") ? Set.of(owner) : Set.of();
        ObjectNode payload = payload().put("incident", INCIDENT).put("execution", "ours");
        boolean inherits = effect.step().equals("inherit-lease");
        if (inherits) {
            payload.putObject("lease").put("execution", "starter").put("token", OURS);
        }
        if (!effect.step().equals("renew-lease") && !effect.step().equals("release-lease")) {
            payload.remove("scope");
        }
        World found = World.beginning(false, Data.GOOD).withLease(lease);
        Call call = new Call(
                "recover-database", "Step", "RecoverDatabase", inherits ? "acquire-lease" : effect.step(), payload);

        Outcomes outcomes = MODELS.find(call).run(found, call, arn -> !ended.contains(arn));

        assertOutcomes(effect, outcomes, world -> leaseFacts(world, ended), USUAL_LEASES);
    }

    private static Map<String, String> leaseFacts(World world, Set<String> ended) {
        Lease lease = world.lease();
        Map<String, String> facts = new TreeMap<>();
        facts.put("owner", lease.owner());
        facts.put("token", Long.toString(lease.token()));
        facts.put("state", lease.held() ? "held" : "released");
        facts.put("runs", ended.contains(lease.owner()) ? "no" : "yes");
        facts.put("heir", lease.heir().isEmpty() ? "none" : lease.heir());
        return Effect.unusual(facts, USUAL_LEASES);
    }

    private static final Map<String, String> USUAL_DNS = Map.of("record", "old", "lease", "ours");

    static List<Effect> dns() {
        return Effect.of(ROOT, "DNS");
    }

    @ParameterizedTest
    @MethodSource("dns")
    void aStepOnDnsDoesWhatItsModelDoes(Effect effect) {
        World found = World.beginning(false, Data.GOOD)
                .withDns(effect.found("record", "old").equals("new"))
                .withLease(lease(effect));

        Outcomes outcomes = run("DnsFailover", effect.step(), payload(), found);

        assertOutcomes(effect, outcomes, EffectContractTest::dnsFacts, USUAL_DNS);
    }

    private static Map<String, String> dnsFacts(World world) {
        Lease lease = world.lease();
        Map<String, String> facts = new TreeMap<>();
        facts.put("record", world.dns() ? "new" : "old");
        facts.put("lease", lease.token() != OURS ? "newer" : lease.held() ? "ours" : "released");
        return Effect.unusual(facts, USUAL_DNS);
    }

    private static Lease lease(Effect effect) {
        String lease = effect.found("lease", "ours");
        return lease.equals("newer")
                ? new Lease(TOKENS.get("newer"), Node.ANOTHER, true)
                : new Lease(OURS, OWNER, lease.equals("ours"));
    }

    private static void assertOutcomes(
            Effect effect, Outcomes outcomes, Function<World, Map<String, String>> facts, Map<String, String> usual) {
        if (!effect.refusal().isEmpty()) {
            assertThat(outcomes.refusals).containsExactly(effect.refusal());
            assertThat(outcomes.answers).isEmpty();
            return;
        }
        assertThat(outcomes.refusals).isEmpty();
        assertThat(outcomes.answers.stream()
                        .map(answer -> facts.apply(answer.after()))
                        .distinct())
                .containsExactly(Effect.unusual(effect.leaves(), usual));
    }

    /** Of what a table does not speak, nothing is held to the step. */
    @Test
    void everyActionThatChangesSomethingIsInATable() {
        Set<String> rows = Map.of(
                        "RecoverDatabase", Stream.of(databases(), instances(), leases()),
                        "RecoverApplication", Stream.of(applications()),
                        "RecoverCluster", Stream.of(clusters()),
                        "DnsFailover", Stream.of(dns()))
                .entrySet()
                .stream()
                .flatMap(tables -> tables.getValue()
                        .flatMap(List::stream)
                        .map(Effect::step)
                        .map(step -> tables.getKey() + " " + VARIANTS.getOrDefault(step, step)))
                // A look, which opens a door on its way.
                .filter(name -> !name.equals("RecoverDatabase assess"))
                .collect(Collectors.toSet());
        Set<String> changing = MODELS.all().stream()
                .filter(ActionModel::changing)
                .map(ActionModel::name)
                .collect(Collectors.toSet());

        assertThat(rows).isEqualTo(changing);
    }

    private static Outcomes run(String function, String step, ObjectNode payload, World world) {
        String action = VARIANTS.getOrDefault(step, step);
        Call call = new Call("recover-database", "Step", function, action, payload.put("action", action));
        return MODELS.find(call).run(world, call, arn -> arn.equals(OWNER));
    }

    private static List<World> changes(World found, Outcomes outcomes) {
        return outcomes.halfway.stream()
                .map(Outcomes.Halfway::after)
                .filter(after -> !after.equals(found))
                .toList();
    }

    private static ObjectNode payload() {
        ObjectNode payload = JsonNodeFactory.instance.objectNode().put("planKey", PLAN);
        payload.putObject("scope").put("incident", INCIDENT).put("token", OURS);
        return payload;
    }

    private static World world(Effect effect) {
        Data live = DATA.get(effect.found("live", "absent"));
        boolean swapped = effect.found("swap", "none").equals("ours");
        return World.beginning(effect.found("target", "live").equals("drill"), live)
                .with(next -> {
                    next.door = effect.found("door", "open").equals("closed") ? Door.CLOSED : Door.OPEN;
                    next.quarantine = DATA.getOrDefault(effect.found("quarantine", "none"), Data.ABSENT);
                    next.restore = RESTORES.get(effect.found("restore", "none"));
                    next.fence = TOKENS.get(effect.found("fence", "none"));
                    next.swaps = swapped ? Set.of(INCIDENT) : Set.of();
                    next.lease = new Lease(OURS, OWNER, true);
                });
    }

    private static Map<String, String> facts(World world) {
        Map<String, String> facts = new TreeMap<>();
        facts.put("target", world.drill() ? "drill" : "live");
        facts.put("live", key(DATA, world.live()));
        facts.put("door", world.door() == Door.OPEN ? "open" : "closed");
        facts.put("quarantine", world.quarantine() == Data.ABSENT ? "none" : key(DATA, world.quarantine()));
        facts.put("restore", restore(world.restore()));
        facts.put("fence", key(TOKENS, world.fence()));
        facts.put("swap", world.swaps().contains(INCIDENT) ? "ours" : "none");
        return Effect.unusual(facts, USUAL);
    }

    private static String restore(Restore restore) {
        if (restore == null) {
            return "none";
        }
        if (restore.token() != OURS) {
            return "older";
        }
        return restore.stage() == Restore.Stage.PARTLY_LOADED
                ? "loaded"
                : restore.stage().name().toLowerCase(Locale.ROOT);
    }

    private static <V> String key(Map<String, V> words, V value) {
        return words.entrySet().stream()
                .filter(word -> word.getValue().equals(value))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new AssertionError("No word for " + value));
    }
}
