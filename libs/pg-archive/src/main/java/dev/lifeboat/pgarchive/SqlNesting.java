package dev.lifeboat.pgarchive;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether a semicolon ends a statement: not within parentheses, as in a rule of several commands, and not within {@code BEGIN ATOMIC …
 * END}, the body of an SQL function or procedure (as psqlscan.l tells).
 */
final class SqlNesting {
    /** {@code CREATE OR REPLACE PROCEDURE}: further on the words mean something else, such as a view's name. */
    private static final List<String> REPLACING = List.of("create", "or", "replace");

    private static final int LONGEST_HEAD = REPLACING.size() + 1;

    private final List<String> head = new ArrayList<>();
    private int parentheses;
    private int blocks;

    void clear() {
        head.clear();
        parentheses = 0;
        blocks = 0;
    }

    boolean isOutside() {
        return parentheses == 0 && blocks == 0;
    }

    void symbol(int c) {
        if (c == '(') {
            parentheses++;
        } else if (c == ')' && parentheses > 0) {
            parentheses--;
        }
    }

    void word(String word) {
        if (head.size() < LONGEST_HEAD) {
            head.add(word);
        }
        if (parentheses > 0 || !isRoutine()) {
            return;
        }
        if (word.equals("begin") || (word.equals("case") && blocks > 0)) {
            blocks++; // CASE ends with END, too
        } else if (word.equals("end") && blocks > 0) {
            blocks--;
        }
    }

    private boolean isRoutine() {
        if (!head.get(0).equals("create")) {
            return false;
        }
        boolean replacing =
                head.size() == LONGEST_HEAD && head.subList(0, REPLACING.size()).equals(REPLACING);
        int kind = replacing ? REPLACING.size() : 1;
        return head.size() > kind
                && (head.get(kind).equals("function") || head.get(kind).equals("procedure"));
    }
}
