package dev.lifeboat.local.explore;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.contract.Json;
import dev.lifeboat.local.explore.ActionModel.Duty;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/** The repository's machines and models, each without one of its guards. */
final class Mutants {
    private static final Path ROOT = Path.of(System.getProperty("lifeboat.root"));

    private Mutants() {}

    /** The machines with one changed. */
    static Explorer machine(String name, Consumer<ObjectNode> change) {
        Map<String, String> definitions = Explorer.definitions(ROOT);
        try {
            ObjectNode definition = (ObjectNode) Json.mapper().readTree(definitions.get(name));
            change.accept(definition);
            definitions.put(name, definition.toString());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
        return Explorer.of(ROOT, definitions, ActionModels.declared());
    }

    /** The models with one in another's place. */
    static Explorer model(ActionModel model) {
        return Explorer.of(
                ROOT, Explorer.definitions(ROOT), ActionModels.declared().put(model));
    }

    static ObjectNode state(ObjectNode machine, String name) {
        return (ObjectNode) machine.get("States").get(name);
    }

    /** Whatever led to the state leads to the other. */
    static void bypass(ObjectNode machine, String state, String next) {
        ((ObjectNode) machine.get("States")).remove(state);
        redirect(machine, state, next);
    }

    private static void redirect(com.fasterxml.jackson.databind.JsonNode node, String from, String to) {
        for (String field : new String[] {"Next", "Default", "StartAt"}) {
            if (node.path(field).asText().equals(from)) {
                ((ObjectNode) node).put(field, to);
            }
        }
        node.forEach(child -> redirect(child, from, to));
    }

    static Explorer withoutCheck() {
        return machine("recover-database", machine -> bypass(machine, "Check", "ConsiderPurposeAgain"));
    }

    static Explorer withoutReopenLive() {
        return machine("recover-database", machine -> bypass(machine, "ReopenLive", "Report"));
    }

    static Explorer forgettingItsSwap() {
        return withoutChoices("recover-database", "$assessment.cutOver");
    }

    static Explorer forgettingItsTakeOver() {
        return withoutChoices("recover-database", "'healthy' and $assessment.takeOver");
    }

    static Explorer forgettingItsRebuild() {
        return withoutChoices("recover-cluster", "$assessment.rebuilt");
    }

    /** Whatever the assessment says of that, the choices after it do not ask. */
    private static Explorer withoutChoices(String name, String asking) {
        return machine(name, machine -> {
            ArrayNode choices = (ArrayNode) state(machine, "ConsiderAssessment").get("Choices");
            for (int index = choices.size() - 1; index >= 0; index--) {
                if (choices.get(index).path("Condition").asText().contains(asking)) {
                    choices.remove(index);
                }
            }
        });
    }

    static Explorer observingWithoutReopenLive() {
        return machine(
                "recover-database",
                machine -> ((ObjectNode)
                                state(machine, "ConsiderMode").get("Choices").get(0))
                        .put("Next", "Report"));
    }

    /** Whoever sets the mode to observe while the live instance is restored in place finds it where it stands. */
    static Explorer inPlaceWithoutWayBack() {
        return machine(
                "recover-point-in-time",
                machine -> ((ObjectNode) state(machine, "ConsiderModeAgain")
                                .get("Choices")
                                .get(0))
                        .put("Next", "Observed"));
    }

    static Explorer withoutLease() {
        return machine("recover-database", machine -> {
            ObjectNode first = state(machine, "AcquireLease");
            ObjectNode assign = (ObjectNode) first.get("Assign");
            ((ObjectNode) assign.get("scope")).put("token", 1);
            first.removeAll();
            first.put("Type", "Pass").put("Next", "Assess").set("Assign", assign);
            ((ObjectNode) machine.get("States")).remove("Joined");
            ((ObjectNode) machine.get("States")).remove("TellThatNothingStarted");
            ((ObjectNode) machine.get("States")).remove("NotStarted");
        });
    }

    static Explorer withoutCatchOfFencedOff() {
        return machine(
                "recover-database",
                machine -> ((ArrayNode) state(machine, "Prepare").get("Catch")).remove(0));
    }

    static Explorer withoutTelling() {
        return machine("recover-database", machine -> bypass(machine, "TellThatNothingStarted", "NotStarted"));
    }

    /** A rebuild that gives up, or only observes, and opens nothing. */
    static Explorer rebuildWithoutReopenLive() {
        return machine("recover-cluster", machine -> bypass(machine, "ReopenLive", "Report"));
    }

    /** DNS is led to the new generation, and the old one still takes writes. */
    static Explorer withoutFenceOld() {
        return machine("recover-cluster", machine -> bypass(machine, "FenceOld", "HasDns"));
    }

    /** The old cluster is deleted as soon as all is saved, where it should stay; and the function does not refuse. */
    static Explorer deletedTooSoon() {
        Map<String, String> definitions = Explorer.definitions(ROOT);
        definitions.compute(
                "recover-cluster",
                (name, json) -> json.replace(
                        "{\"Condition\": \"{% $generation.inPlace %}\", \"Next\": \"DeleteOld\"}",
                        "{\"Condition\": \"{% true %}\", \"Next\": \"DeleteOld\"}"));
        ActionModel deleteOld = new ActionModel("RecoverCluster", "delete-old")
                .answers("deleting", "{'stack': 's', 'id': 'i', 'status': 'deleting', 'reason': 'r', 'events': []}")
                .changes((world, call, running, outcomes) -> outcomes.answer(
                        "deleting", world.withGenerations(world.generations().withoutOld())));
        return Explorer.of(ROOT, definitions, ActionModels.declared().put(deleteOld));
    }

    /** A step whose swap does not compare the fencing row. */
    static Explorer swapWithoutFence() {
        return model(cutOver((world, call) -> world.swap(call.incident())));
    }

    /** A step that drops the live database before it renames the restored one. */
    static Explorer swapWithoutQuarantine() {
        return model(cutOver((world, call) -> {
            World swapped = world.raise(call.token()).swap(call.incident());
            return swapped.with(next -> next.quarantine = Data.ABSENT);
        }));
    }

    private interface Swap {
        World of(World world, Call call);
    }

    private static ActionModel cutOver(Swap swap) {
        return new ActionModel("RecoverDatabase", "cut-over")
                .answers("swapped", "{'liveDatabase': 'app', 'at': '2026-11-23T03:20:00Z', 'rolledBack': []}")
                .refuses("FencedOffException")
                .changes((world, call, running, outcomes) -> outcomes.answer(
                        "swapped",
                        world.restore() == null || world.swaps().contains(call.incident())
                                ? world
                                : swap.of(world, call)));
    }

    /** A step that takes the lease without asking whether its owner still runs. */
    static Explorer leaseFromAnyone() {
        return model(new ActionModel("RecoverDatabase", "acquire-lease")
                .answers("taken", "{'token': 1}")
                .refuses("LeaseHeldException")
                .does(Duty.LEASE)
                .changes((world, call, running, outcomes) -> {
                    Lease taken = new Lease(world.lease().token() + 1, call.text("execution"), true);
                    outcomes.answer(
                            "taken",
                            world.withLease(taken),
                            "token",
                            com.fasterxml.jackson.databind.node.LongNode.valueOf(taken.token()));
                }));
    }
}
