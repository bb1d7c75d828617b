package dev.lifeboat.alarm;

import dev.lifeboat.alarm.AlarmResult.Outcome;
import dev.lifeboat.alarm.Recoveries.Begun;
import dev.lifeboat.alarm.Recoveries.Ended;
import dev.lifeboat.alarm.Recoveries.Running;
import dev.lifeboat.alarm.Recoveries.State;
import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.Shell;
import dev.lifeboat.contract.error.LifeboatException;
import dev.lifeboat.contract.recovery.Mode;
import dev.lifeboat.contract.recovery.RecoveryInput;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.contract.recovery.Trigger;
import dev.lifeboat.lambda.Notifier;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Decides what an alarm calls for, and does it. The alarm alone destroys nothing: the machine that is started looks at the
 * target itself before it acts. docs/alarms.md holds the order of the questions that are asked here.
 */
final class AlarmDecision {
    private static final Logger LOG = Logger.getLogger(AlarmDecision.class);

    /**
     * All that is known about a recovery before it starts.
     *
     * @param incident which all starts of it share, so that each knows what the ones before have done
     * @param name of the execution
     */
    private record Plan(
            AlarmEvent event,
            Scenario scenario,
            String machine,
            String prefix,
            String incident,
            String name,
            String input) {
        String command() {
            return "aws stepfunctions start-execution --state-machine-arn " + machine + " --name " + name + " --input "
                    + Shell.quoted(input);
        }

        /** Whether that was an earlier start of this very incident. */
        boolean isOf(String execution) {
            return Incident.base(execution).equals(incident);
        }

        boolean supersedes(Running other) {
            return other.scenario().filter(scenario::supersedes).isPresent();
        }
    }

    /** Of one incident: each of them but the last has given way to another recovery. */
    private static final int MOST_STARTS = 3;

    private final AlarmSettings settings;
    private final ModeSwitch mode;
    private final CoolDown coolDown;
    private final AlarmHistory history;
    private final Recoveries recoveries;
    private final Errands errands;
    private final Notifier notifier;
    private final Clock clock;

    AlarmDecision(
            AlarmSettings settings,
            ModeSwitch mode,
            CoolDown coolDown,
            AlarmHistory history,
            Recoveries recoveries,
            Errands errands,
            Notifier notifier,
            Clock clock) {
        this.settings = settings;
        this.mode = mode;
        this.coolDown = coolDown;
        this.history = history;
        this.recoveries = recoveries;
        this.errands = errands;
        this.notifier = notifier;
        this.clock = clock;
    }

    AlarmResult decide(AlarmEvent event) {
        AlarmResult result = decideOn(event);
        LOG.infof("Alarm %s is %s: %s", event.alarm(), event.state(), result.message());
        return result;
    }

    private AlarmResult decideOn(AlarmEvent event) {
        Optional<Scenario> scenario = settings.scenario(event.alarm());
        if (event.suppressedBy() != null) {
            return without(
                    Outcome.SUPPRESSED,
                    event,
                    "Its actions are suppressed (" + event.suppressedBy() + "): nothing was started.");
        }
        boolean recovers = scenario.filter(Scenario::recovers).isPresent();
        if (recovers) {
            Optional<AlarmResult> begun = begun(scenario.get(), event);
            if (begun.isPresent()) {
                return begun.get();
            }
            history.keep(event);
        }
        if (!event.isAlarm()) {
            return without(Outcome.NO_FAILURE, event, "State " + event.state() + " starts nothing.");
        }
        if (scenario.isEmpty()) {
            return unknown(event);
        }
        return recovers ? recover(scenario.get(), event) : errand(scenario.get(), event);
    }

    /** For an alarm that rests in ALARM: the same recovery, however often it is asked for, and what became of it. */
    AlarmResult recoverFrom(AlarmEvent rested) {
        return settings.scenario(rested.alarm())
                .filter(Scenario::recovers)
                .map(scenario -> settings.machine(scenario)
                        .map(machine -> recoverFrom(scenario, machine, rested))
                        .orElseGet(() -> noMachine(scenario, rested)))
                .orElseGet(() -> unknown(rested));
    }

    /** A start that came to nothing but giving way to another recovery has used its name up. */
    private AlarmResult recoverFrom(Scenario scenario, String machine, AlarmEvent rested) {
        for (int start = 1; start <= MOST_STARTS; start++) {
            Plan plan = plan(scenario, machine, rested, start);
            Optional<Begun> begun = recoveries.find(machine, plan.name());
            if (begun.isEmpty()) {
                return act(plan, true);
            }
            switch (begun.get().state()) {
                case RUNS -> {
                    return runs(plan);
                }
                case OVER -> {
                    return over(plan, begun.get(), plan(scenario, machine, rested, start + 1));
                }
                case GAVE_WAY -> {
                    // Then it is the next one's turn.
                    if (hasNotSeen(begun.get())) {
                        return gaveWay(plan);
                    }
                }
            }
        }
        return gaveWayTooOften(plan(scenario, machine, rested, MOST_STARTS + 1));
    }

    /**
     * What became of the alarm's own incident. Most events of a storm are of one that has begun: one question tells, and it is asked
     * before all others. Whoever began it has kept the change, and has it followed; but for another alarm of that second. One that gave way
     * leaves all to who follows.
     */
    private Optional<AlarmResult> begun(Scenario scenario, AlarmEvent event) {
        return settings.machine(scenario).filter(machine -> event.isAlarm()).flatMap(machine -> {
            Plan plan = plan(scenario, machine, event, 1);
            return recoveries.find(machine, plan.name()).map(begun -> {
                if (begun.state() == State.GAVE_WAY || !begun.alarm().equals(event.alarm())) {
                    history.keep(event);
                    errands.follow(event);
                }
                return switch (begun.state()) {
                    case RUNS -> runs(plan);
                    case GAVE_WAY -> gaveWay(plan);
                    case OVER -> alreadyHandled(plan);
                };
            });
        });
    }

    private AlarmResult recover(Scenario scenario, AlarmEvent event) {
        return settings.machine(scenario)
                .map(machine -> act(plan(scenario, machine, event, 1), false))
                .orElseGet(() -> noMachine(scenario, event));
    }

    private Plan plan(Scenario scenario, String machine, AlarmEvent event, int start) {
        Target target = settings.target();
        String incident = Incident.name(scenario, target.name(), event.at(), 1);
        Trigger trigger =
                new Trigger(Trigger.Kind.ALARM, event.alarm(), event.at(), event.failedAfter(), event.reason());
        return new Plan(
                event,
                scenario,
                machine,
                Incident.prefix(scenario, target.name()),
                incident,
                Incident.name(scenario, target.name(), event.at(), start),
                Json.compact(new RecoveryInput(incident, trigger, target)));
    }

    private AlarmResult act(Plan plan, boolean rested) {
        List<Running> running = recoveries.running(settings);
        if (running.stream().anyMatch(each -> each.name().equals(plan.name()))) {
            return runs(plan);
        }
        List<Running> narrower = running.stream().filter(plan::supersedes).toList();
        return running.stream()
                .filter(each -> !narrower.contains(each))
                .findFirst()
                .map(each -> joined(plan, each))
                .or(() -> whyNot(plan, rested))
                .orElseGet(() -> actInMode(plan, narrower));
    }

    private static AlarmResult runs(Plan plan) {
        return result(
                Outcome.STARTED,
                plan,
                Recoveries.arn(plan.machine(), plan.name()),
                "Recovery " + plan.name() + " runs.");
    }

    /**
     * A recovery that is as broad or broader does what this one would; or it finds nothing to do, since it looks at something else. CloudWatch does not say again
     * that the alarm is in ALARM, so it is followed until nobody recovers the target any more.
     */
    private AlarmResult joined(Plan plan, Running other) {
        errands.follow(plan.event());
        return leftToFollower(
                plan,
                other.name(),
                "Recovery " + other.name() + " of the same target runs already: nothing was started.");
    }

    /** @param other the execution after whose end the alarm is looked at again */
    private static AlarmResult leftToFollower(Plan plan, String other, String why) {
        return result(Outcome.JOINED, plan, other, why + " The alarm is looked at again when it rests.");
    }

    private Optional<AlarmResult> whyNot(Plan plan, boolean rested) {
        Duration calm = coolDown.time();
        Instant calmSince = clock.instant().minus(calm);
        Instant at = plan.event().at();
        if (rested) {
            Optional<AlarmResult> after = recoveries
                    .last(settings)
                    .filter(last -> !plan.isOf(last.name()) && last.endedAfter(at))
                    .flatMap(last -> afterAnother(plan, last));
            if (after.isPresent()) {
                return after;
            }
        }
        List<Ended> ended =
                recoveries.ended(plan.machine(), plan.prefix(), at.isBefore(calmSince) ? at : calmSince).stream()
                        .filter(each -> !plan.isOf(each.name()))
                        .toList();
        for (Ended each : ended) {
            if (each.at().isAfter(rested ? clock.instant().minus(Settling.REST) : at)) {
                return Optional.of(covered(plan, each.name(), each.status(), each.at()));
            }
            if (each.alarm().equals(plan.event().alarm()) && each.at().isAfter(calmSince)) {
                return Optional.of(coolingDown(plan, each, calm));
            }
        }
        if (!rested && history.isFlapping(plan.event())) {
            return Optional.of(settle(plan));
        }
        return Optional.empty();
    }

    /** What another recovery of the target did since the alarm changed: one that a person is at is not followed by one that nobody asked for. */
    private Optional<AlarmResult> afterAnother(Plan plan, Begun last) {
        if (hasNotSeen(last)) {
            return Optional.of(covered(plan, last.name(), last.outcome(), last.at()));
        }
        return last.state() == State.OVER && !last.saysAllIsWell()
                ? Optional.of(stillInAlarm(
                        plan,
                        "Recovery " + last.name() + " of the same target ended as '" + last.outcome() + "' at "
                                + last.at() + ", so the target is a person's. "))
                : Optional.empty();
    }

    /**
     * The machine reads the mode itself, right before it repairs: it looks at the target whatever the mode, and then asks a person or
     * only reports. Stopping a narrower recovery for it is an act of its own.
     */
    private AlarmResult actInMode(Plan plan, List<Running> narrower) {
        if (narrower.isEmpty()) {
            return start(plan, narrower);
        }
        if (mode.mode().isEmpty()) {
            return propose(plan, "Parameter " + mode.name() + " is none of automatic, approve and observe. ", narrower);
        }
        return switch (mode.mode().get()) {
            case AUTOMATIC -> start(plan, narrower);
            case APPROVE -> propose(plan, "", narrower);
            case OBSERVE -> observe(plan, narrower);
        };
    }

    /**
     * Whoever follows is started first: should this function end before the recovery is started, the follower starts it. A narrower one is stopped before the broader one takes
     * its lease over; a retry of this function stops it no more.
     */
    private AlarmResult start(Plan plan, List<Running> narrower) {
        boolean followed = follow(plan);
        narrower.forEach(each -> recoveries.stop(each, superseded(plan.name())));
        AlarmResult result = recoveries
                .start(plan.machine(), plan.name(), plan.input())
                .map(arn -> besideOthers(plan, arn))
                .orElseGet(() -> begunByAnother(plan));
        if (!followed && !follow(plan)) {
            notifier.tell(
                    "Lifeboat: nobody looks whether recovery " + plan.incident() + " helps",
                    happened(plan) + result.message()
                            + " The execution that would look at the alarm after it could not be started;"
                            + " the function's log says why. What to do: see to it that the alarm does not stay in ALARM.\n");
        }
        return result;
    }

    /** Of two that start the same incident at once, for two alarms of one second, one is first. */
    private static AlarmResult begunByAnother(Plan plan) {
        return leftToFollower(
                plan, plan.name(), "Recovery " + plan.name() + " was begun by another: nothing was started.");
    }

    /** That nobody can follow it keeps no recovery from starting. */
    private boolean follow(Plan plan) {
        try {
            errands.follow(plan.event());
            return true;
        } catch (LifeboatException e) {
            LOG.errorf("Nobody looks whether recovery %s helps: %s", plan.name(), e.getMessage());
            return false;
        }
    }

    private static String superseded(String by) {
        return "Recovery " + by + " brings back more, and does what this one would have done.";
    }

    /**
     * The alarms of one disaster go off at one instant and are handled at one, and neither handler saw the other's recovery when it looked. So
     * both look again: the broader one stays, and waits a minute for the lease that the narrower one may have taken.
     */
    private AlarmResult besideOthers(Plan plan, String arn) {
        List<Running> others = recoveries.running(settings).stream()
                .filter(each -> !each.arn().equals(arn))
                .toList();
        if (!mode.mode().equals(Optional.of(Mode.AUTOMATIC))) {
            // To stop one is a person's then; who follows asks him when the alarm still rests in ALARM.
            return runs(plan);
        }
        others.stream().filter(plan::supersedes).forEach(each -> recoveries.stop(each, superseded(plan.name())));
        return others.stream()
                .filter(each -> each.scenario()
                        .filter(other -> other.supersedes(plan.scenario()))
                        .isPresent())
                .findFirst()
                .map(broader -> {
                    recoveries.stop(
                            new Running(arn, plan.name(), Optional.of(plan.scenario()), Optional.empty()),
                            superseded(broader.name()));
                    return joined(plan, broader);
                })
                .orElseGet(() -> runs(plan));
    }

    private static AlarmResult alreadyHandled(Plan plan) {
        return result(
                Outcome.ALREADY_HANDLED,
                plan,
                plan.name(),
                "Recovery " + plan.name() + " was started before: nothing was started.");
    }

    private static AlarmResult gaveWay(Plan plan) {
        return leftToFollower(
                plan, plan.name(), "Recovery " + plan.name() + " has given way to another one of the same target.");
    }

    /**
     * The alarm changed before that recovery ended, or has not had the time to see what it did: as if it had joined it. When it rests in ALARM all the
     * same, it is recovered, or a person hears of it.
     */
    private AlarmResult covered(Plan plan, String ended, String how, Instant at) {
        errands.follow(plan.event());
        return leftToFollower(
                plan,
                ended,
                "The alarm changed at " + plan.event().at() + ", and recovery " + ended + " ended as " + how + " at "
                        + at + ": nothing was started.");
    }

    /**
     * A recovery that says of itself that all is well may have looked at something else than the alarm does; and one that was ended from outside has
     * told nobody. How any other ended, people know.
     */
    private AlarmResult over(Plan plan, Begun begun, Plan next) {
        if (hasNotSeen(begun)) {
            return covered(plan, begun.name(), begun.outcome(), begun.at());
        }
        String ended = "Recovery " + begun.name() + " ended as '" + begun.outcome() + "' at " + begun.at() + ". ";
        if (begun.saysAllIsWell() && !plan.event().isOfService()) {
            return stillInAlarm(next, ended + "What it looked at is well, and what the alarm looks at is not. ");
        }
        return begun.told() ? alreadyHandled(plan) : stillInAlarm(next, ended + "It was ended from outside. ");
    }

    private boolean hasNotSeen(Begun begun) {
        return clock.instant().isBefore(begun.at().plus(Settling.REST));
    }

    private AlarmResult gaveWayTooOften(Plan next) {
        return stillInAlarm(
                next,
                "Its recovery was started " + MOST_STARTS
                        + " times, and gave way to another one of the target each time. ");
    }

    private AlarmResult stillInAlarm(Plan next, String why) {
        notifier.tell(
                "Lifeboat: " + next.event().alarm() + " is still in ALARM after its recovery",
                happened(next) + why
                        + "The alarm is in ALARM all the same, and NOTHING more was started. What to do: look at what the alarm"
                        + " looks at; the recoveries' reports lie below recoveries/ in the backup bucket. To recover once more:\n\n"
                        + next.command() + "\n");
        return result(Outcome.TOLD, next, null, why + "The alarm is still in ALARM: people were told.");
    }

    private AlarmResult coolingDown(Plan plan, Ended ended, Duration calm) {
        String why = "Recovery " + ended.name() + " for the same alarm ended as " + ended.status() + " at " + ended.at()
                + ", less than " + calm.toMinutes() + " minutes ago. ";
        notifier.tell(
                "Lifeboat: " + plan.event().alarm() + " again, soon after its recovery",
                happened(plan) + why
                        + "What it did has not lasted, so nothing was started. Find out what is wrong: read its report,"
                        + " recoveries/" + Incident.base(ended.name())
                        + "/report.html in the backup bucket. To recover once more:\n\n"
                        + plan.command() + "\n\nParameter " + coolDown.name() + " holds the minutes.\n");
        return result(Outcome.COOLING_DOWN, plan, ended.name(), why + "People were told, nothing was started.");
    }

    /** The change is followed by itself, too: whoever waits for the alarm to rest may just have seen that it does. */
    private AlarmResult settle(Plan plan) {
        errands.follow(plan.event());
        boolean first = errands.settle(plan.event());
        if (first) {
            notifier.tell(
                    "Lifeboat: " + plan.event().alarm() + " goes to and fro",
                    happened(plan) + "It changed " + AlarmHistory.FLAPPING + " times or more within "
                            + AlarmHistory.WINDOW.toMinutes() + " minutes. Nothing is started before it rests for "
                            + Settling.REST.toMinutes() + " minutes; you are told then. To recover without waiting:\n\n"
                            + plan.command() + "\n");
        }
        return result(
                Outcome.FLAPPING,
                plan,
                null,
                "It changed " + AlarmHistory.FLAPPING + " times or more within " + AlarmHistory.WINDOW.toMinutes()
                        + " minutes: nothing is started before it rests.");
    }

    private AlarmResult propose(Plan plan, String why, List<Running> narrower) {
        notifier.tell(
                "Lifeboat: " + plan.event().alarm() + ": approve a recovery?",
                happened(plan) + why + "The recovery waits for a person, because one that brings back less runs: "
                        + names(narrower) + ". To have the broader one instead:\n\n" + commands(plan, narrower)
                        + "\n\nIt looks at the target itself, and asks again before it changes anything.\n");
        return result(
                Outcome.WAITING_FOR_APPROVAL,
                plan,
                null,
                why + "People were told the commands that start recovery " + plan.incident() + ".");
    }

    private AlarmResult observe(Plan plan, List<Running> narrower) {
        notifier.tell(
                "Lifeboat: " + plan.event().alarm() + ": nothing is done, the mode is observe",
                happened(plan) + "Parameter " + mode.name() + " is 'observe', so recovery " + names(narrower)
                        + ", which brings back less, was not stopped and nothing was started. To recover all the same:"
                        + "\n\n" + commands(plan, narrower) + "\n");
        return result(Outcome.OBSERVED, plan, null, "The mode is observe: people were told, nothing was started.");
    }

    private static String names(List<Running> narrower) {
        return narrower.stream().map(Running::name).collect(Collectors.joining(", "));
    }

    private static String commands(Plan plan, List<Running> narrower) {
        return narrower.stream()
                        .map(each -> "aws stepfunctions stop-execution --execution-arn " + each.arn() + " --error "
                                + Recoveries.SUPERSEDED + "\n")
                        .collect(Collectors.joining())
                + plan.command();
    }

    /** Errands destroy nothing, so nobody has to approve them; who only watches is told of the alarm. */
    private AlarmResult errand(Scenario scenario, AlarmEvent event) {
        if (mode.mode().filter(Mode.OBSERVE::equals).isPresent()) {
            notifier.tell(
                    "Lifeboat: " + event.alarm() + ": nothing is done, the mode is observe",
                    happened(event) + "It calls for '" + scenario.text() + "'. Parameter " + mode.name()
                            + " is 'observe', so nothing was done. docs/runbooks/ says how to do it by hand.\n");
            return without(Outcome.OBSERVED, event, "The mode is observe: people were told, nothing was started.");
        }
        return errands.run(scenario, event);
    }

    private AlarmResult noMachine(Scenario scenario, AlarmEvent event) {
        notifier.tell(
                "Lifeboat: " + event.alarm() + ": a person has to recover",
                happened(event) + "It calls for scenario '" + scenario.text()
                        + "', for which there is no state machine yet, so NOTHING was started. What to do: look at the target, and"
                        + " recover by hand; docs/runbooks/ has a page for what can be lost.\n"
                        + (scenario == Scenario.CORRUPTION ? corruption(event) : ""));
        return without(
                Outcome.NO_MACHINE,
                event,
                "Scenario '" + scenario.text() + "' has no state machine yet: people were told, nothing was started.");
    }

    private String corruption(AlarmEvent event) {
        return "\nWhich invariant is violated stands in the probe's log, in the field 'violated' of the lines with InvariantsHolding. "
                + errands.lastGood(event) + "\n";
    }

    private AlarmResult unknown(AlarmEvent event) {
        notifier.tell(
                "Lifeboat: alarm " + event.alarm() + " is not known",
                "Alarm " + event.alarm() + " went off at " + event.at() + ": " + event.reason()
                        + "\n\nNo recovery is known for it, so nothing was started. What to do: look at the alarm yourself;"
                        + " if Lifeboat is to act on it, add it to the parameter AlarmScenarios of template.yaml.\n");
        return without(
                Outcome.UNKNOWN_ALARM,
                event,
                "The alarms' parameter has no such alarm: people were told, nothing was started.");
    }

    private String happened(Plan plan) {
        return happened(plan.event());
    }

    private String happened(AlarmEvent event) {
        return "Alarm " + event.alarm() + " went off at " + event.at() + " for target "
                + settings.target().name() + ": " + event.reason() + "\n\n";
    }

    private static AlarmResult result(Outcome outcome, Plan plan, String execution, String message) {
        return new AlarmResult(outcome, plan.event().alarm(), plan.incident(), execution, message);
    }

    private static AlarmResult without(Outcome outcome, AlarmEvent event, String message) {
        return new AlarmResult(outcome, event.alarm(), null, null, message);
    }
}
