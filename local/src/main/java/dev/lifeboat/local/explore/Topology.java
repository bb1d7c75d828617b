package dev.lifeboat.local.explore;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Orders nodes so that every edge leads forwards, but for those that close a circle. */
final class Topology {
    private final List<int[]> edges;

    Topology(List<int[]> edges) {
        this.edges = edges;
    }

    /** The nodes, each after all that lead to it. */
    int[] order() {
        int[] order = new int[edges.size()];
        int[] next = new int[edges.size()];
        boolean[] seen = new boolean[edges.size()];
        int free = order.length;
        Deque<Integer> open = new ArrayDeque<>();
        for (int root = 0; root < edges.size(); root++) {
            if (seen[root]) {
                continue;
            }
            seen[root] = true;
            open.push(root);
            while (!open.isEmpty()) {
                int at = open.peek();
                if (next[at] == edges.get(at).length) {
                    open.pop();
                    order[--free] = at;
                } else {
                    int target = edges.get(at)[next[at]++];
                    if (!seen[target]) {
                        seen[target] = true;
                        open.push(target);
                    }
                }
            }
        }
        return order;
    }
}
