package dev.lifeboat.local.explore;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Visits every state once, breadth first, so that the first path to a violation is a shortest one. */
final class Search {
    private static final int MOST_NODES = 4_000_000;

    private final Expansion expansion;
    private final Predicate<String> until;
    private final ExploreProgress progress;
    private final List<Node> nodes = new ArrayList<>();
    private final Map<Node, Integer> ids = new HashMap<>();
    /** Of what many nodes are made: worlds, executions, late calls. */
    private final Map<Object, Object> shared = new HashMap<>();

    private final List<Integer> parents = new ArrayList<>();
    private final List<int[]> edges = new ArrayList<>();
    private final Map<String, Violation> violations = new LinkedHashMap<>();

    /**
     * @param until a rule; whether to stop when it was broken, and count no paths
     * @param progress is told how far it is
     */
    Search(Expansion expansion, Predicate<String> until, ExploreProgress progress) {
        this.expansion = expansion;
        this.until = until;
        this.progress = progress;
    }

    /**
     * @param title what is explored
     * @param beginnings by what is said of them
     * @throws ExploreException when there is no end of it
     */
    Exploration of(String title, Map<String, Node> beginnings) {
        long begun = System.nanoTime();
        Map<Integer, String> words = new HashMap<>();
        beginnings.forEach((word, node) -> words.putIfAbsent(id(node, -1), word));
        for (int at = 0; at < nodes.size(); at++) {
            if (nodes.size() > MOST_NODES) {
                throw new ExploreException(
                        title + " has more than " + MOST_NODES + " states.",
                        "A variable that grows without a limit in a condition makes every turn of a loop another state.");
            }
            expand(at, words);
            progress.at(nodes.size(), at);
            if (violations.keySet().stream().anyMatch(until)) {
                return found(title, Map.of(), begun);
            }
        }
        return found(title, endings(beginnings.size()), begun);
    }

    private Exploration found(String title, Map<String, BigInteger> endings, long begun) {
        long millis = (System.nanoTime() - begun) / 1_000_000;
        return new Exploration(title, nodes.size(), endings, List.copyOf(violations.values()), millis);
    }

    private int id(Node node, int parent) {
        Integer known = ids.get(node);
        if (known != null) {
            return known;
        }
        Node kept = node.of(shared);
        ids.put(kept, nodes.size());
        nodes.add(kept);
        parents.add(parent);
        return nodes.size() - 1;
    }

    private void expand(int at, Map<Integer, String> words) {
        List<Edge> found = expansion.of(nodes.get(at));
        int[] targets = new int[found.size()];
        int count = 0;
        for (Edge edge : found) {
            if (edge.violation() != null) {
                violations.computeIfAbsent(
                        edge.violation(), rule -> new Violation(rule, path(at, edge.label(), words)));
                if (nodes.get(at).runs().size() == 1 || !Rules.isGuard(edge.violation())) {
                    continue; // what comes of a broken rule is no news
                }
            }
            int target = id(edge.to(), at);
            if (target != at) {
                targets[count++] = target;
            }
        }
        edges.add(Arrays.copyOf(targets, count));
    }

    private List<String> path(int last, String label, Map<Integer, String> words) {
        List<String> steps = new ArrayList<>(List.of(label));
        int at = last;
        while (parents.get(at) >= 0) {
            int parent = parents.get(at);
            Node node = nodes.get(at);
            steps.add(
                    0,
                    expansion.of(nodes.get(parent)).stream()
                            .filter(edge -> edge.to().equals(node))
                            .findFirst()
                            .orElseThrow()
                            .label());
            at = parent;
        }
        steps.add(0, words.get(at));
        return steps;
    }

    /** How many paths end in which way; one that comes back to where it was is not counted again. */
    private Map<String, BigInteger> endings(int beginnings) {
        BigInteger[] paths = new BigInteger[nodes.size()];
        Arrays.fill(paths, BigInteger.ZERO);
        for (int id = 0; id < beginnings; id++) {
            paths[id] = BigInteger.ONE;
        }
        Map<String, BigInteger> endings = new TreeMap<>();
        int[] order = new Topology(edges).order();
        int[] rank = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            rank[order[i]] = i;
        }
        for (int at : order) {
            Node node = nodes.get(at);
            if (node.isEnd()) {
                String how = node.runs().stream()
                        .map(run -> run.isRunning() ? "goes on as by itself" : run.ending())
                        .sorted()
                        .collect(Collectors.joining(" + "));
                endings.merge(how, paths[at], BigInteger::add);
            }
            for (int target : edges.get(at)) {
                if (rank[target] > rank[at]) {
                    paths[target] = paths[target].add(paths[at]);
                }
            }
        }
        return endings;
    }
}
