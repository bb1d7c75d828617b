package dev.lifeboat.pgarchive;

import java.io.IOException;

/** SQL text as {@link SqlLexer} reads it, forwards only: from a string, or from a stream of any length. */
interface SqlText {
    /** The character that many places ahead of where we are, or -1 behind the end. Far ahead is not to be had: a few hundred at most. */
    int at(int ahead) throws IOException;

    /** Goes on. */
    void skip(int count) throws IOException;

    /** Keeps what is read from here on, and forgets what was kept before. */
    void keep();

    /** How many characters have been read since then. */
    int keptLength();

    /** What has been read since then. */
    String kept();

    /** The line that we are on, from 1 on. */
    long line();

    /** Text that is in memory. */
    static SqlText of(String text) {
        return new SqlText() {
            private int next;
            private int from;
            private int counted;
            private long line = 1;

            @Override
            public int at(int ahead) {
                return next + ahead < text.length() ? text.charAt(next + ahead) : -1;
            }

            @Override
            public void skip(int count) {
                next += count;
            }

            @Override
            public void keep() {
                from = next;
            }

            @Override
            public int keptLength() {
                return next - from;
            }

            @Override
            public String kept() {
                return text.substring(from, next);
            }

            @Override
            public long line() {
                // From where the last answer was: a script asks once for each statement.
                for (; counted < Math.min(next, text.length()); counted++) {
                    line += text.charAt(counted) == '\n' ? 1 : 0;
                }
                return line;
            }
        };
    }
}
