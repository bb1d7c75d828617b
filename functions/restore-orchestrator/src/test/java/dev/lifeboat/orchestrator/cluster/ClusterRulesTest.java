package dev.lifeboat.orchestrator.cluster;

import static dev.lifeboat.orchestrator.cluster.ClusterLook.API_READY;
import static dev.lifeboat.orchestrator.cluster.ClusterLook.CLUSTER_ACTIVE;
import static dev.lifeboat.orchestrator.cluster.ClusterLook.CLUSTER_EXISTS;
import static dev.lifeboat.orchestrator.cluster.ClusterLook.DATABASE_READY;
import static dev.lifeboat.orchestrator.cluster.ClusterLook.HEALTHY_OUTSIDE;
import static dev.lifeboat.orchestrator.cluster.ClusterLook.NODES_READY;
import static dev.lifeboat.orchestrator.cluster.ClusterLook.NOT_FENCED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.orchestrator.assessment.Evidence;
import dev.lifeboat.orchestrator.assessment.LookResult.Answer;
import dev.lifeboat.orchestrator.assessment.Rule;
import dev.lifeboat.orchestrator.assessment.RulePage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every combination of the nine looks' answers: 19,683. */
final class ClusterRulesTest {
    private static final ClusterLook[] LOOKS = ClusterLook.values();
    private static final Answer[] ANSWERS = Answer.values();
    private static final int COMBINATIONS = (int) Math.pow(ANSWERS.length, LOOKS.length);

    private interface Check {
        void of(Evidence evidence, ClusterDecision decision);
    }

    private static void walk(Check check) {
        for (int number = 0; number < COMBINATIONS; number++) {
            Evidence evidence = evidence(number);
            check.of(evidence, ClusterRules.rule(evidence).decision());
        }
    }

    private static Evidence evidence(int number) {
        long bits = 0;
        int rest = number;
        for (ClusterLook look : LOOKS) {
            bits |= Evidence.bit(look, ANSWERS[rest % ANSWERS.length]);
            rest /= ANSWERS.length;
        }
        return new Evidence(bits);
    }

    @Test
    void everyCombinationIsDecidedAndEveryRowDecidesOne() {
        Set<Integer> rows = new java.util.TreeSet<>();
        Set<ClusterDecision> decisions = EnumSet.noneOf(ClusterDecision.class);
        walk((evidence, decision) -> {
            rows.add(Rule.first(ClusterRules.ROWS, evidence));
            decisions.add(decision);
        });

        assertThat(rows).hasSize(ClusterRules.ROWS.size());
        assertThat(decisions).containsExactlyInAnyOrder(ClusterDecision.values());
    }

    @Test
    void nothingIsRebuiltThatServesUsersUnlessARebuildHasPutItOutOfUse() {
        walk((evidence, decision) -> {
            if (decision == ClusterDecision.REBUILD && !evidence.has(NOT_FENCED, Answer.NO)) {
                assertThat(evidence.has(HEALTHY_OUTSIDE, Answer.YES)).isFalse();
                assertThat(evidence.has(CLUSTER_EXISTS, Answer.NO) || evidence.has(CLUSTER_ACTIVE, Answer.NO))
                        .as("EKS' own word, or twelve looks in a row")
                        .isTrue();
            }
        });
    }

    @Test
    void whatIsWaitedForIsNoAnswerOfTheApiOrNoNode() {
        walk((evidence, decision) -> {
            if (decision == ClusterDecision.AWAIT) {
                assertThat(evidence.has(API_READY, Answer.YES) && !evidence.has(NODES_READY, Answer.NO))
                        .isFalse();
                assertThat(evidence.has(HEALTHY_OUTSIDE, Answer.YES)).isFalse();
            }
        });
    }

    @Test
    void itIsWellOnlyWhenItAnswersAndItsNodesAndItsDatabaseAreReady() {
        walk((evidence, decision) -> {
            if (decision == ClusterDecision.NOT_NEEDED) {
                for (ClusterLook look : new ClusterLook[] {CLUSTER_ACTIVE, API_READY, NODES_READY, DATABASE_READY}) {
                    assertThat(evidence.has(look, Answer.YES)).as(look.name()).isTrue();
                }
            }
        });
    }

    @Test
    void whatIsUnknownOfAClusterThatAnswersIsLookedAtAgain() {
        Map<ClusterLook, Answer> well = new EnumMap<>(ClusterLook.class);
        for (ClusterLook look : LOOKS) {
            well.put(look, Answer.YES);
        }
        assertThat(decide(well)).isEqualTo(ClusterDecision.NOT_NEEDED);
        for (ClusterLook look :
                EnumSet.complementOf(EnumSet.of(HEALTHY_OUTSIDE, ClusterLook.NODE_GROUPS_HEALTHY, API_READY))) {
            Map<ClusterLook, Answer> unknown = new EnumMap<>(well);
            unknown.put(look, Answer.UNKNOWN);
            assertThat(decide(unknown)).as(look.name()).isEqualTo(ClusterDecision.LOOK_AGAIN);
        }
    }

    @Test
    void thePageShowsTheRulesTheDecisionsAndTheLooks() throws IOException {
        String page = Files.readString(Path.of(System.getProperty("lifeboat.root"), "docs/assessment.md"));
        List<String> decisions = new ArrayList<>(List.of("| decision | what follows |", "| --- | --- |"));
        for (ClusterDecision decision : ClusterDecision.values()) {
            decisions.add("| `" + RulePage.word(decision) + "` | " + decision.consequence() + " |");
        }

        assertThat(page).contains(RulePage.rules(ClusterRules.ROWS), String.join("\n", decisions) + "\n");
        assertThat(page)
                .contains(Arrays.stream(LOOKS)
                        .map(look -> "\n| `" + RulePage.word(look) + "` | ")
                        .toList());
    }

    private static ClusterDecision decide(Map<ClusterLook, Answer> answers) {
        long bits = 0;
        for (Map.Entry<ClusterLook, Answer> each : answers.entrySet()) {
            bits |= Evidence.bit(each.getKey(), each.getValue());
        }
        return ClusterRules.rule(new Evidence(bits)).decision();
    }
}
