package dev.lifeboat.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The server's log with log_min_duration_statement and the time of each line: when statements of one kind ran.
 *
 * @param spans seconds since the epoch, from and to
 */
record StatementLog(List<Span> spans) {
    // log_line_prefix is '%n ': seconds and milliseconds since the epoch.
    private static final Pattern LINE =
            Pattern.compile("^([0-9.]+) LOG: +duration: ([0-9.]+) ms +[^:]+: +(.*)$", Pattern.MULTILINE);

    record Span(double from, double to) {}

    /** The statements that begin so. */
    static StatementLog of(String log, String beginning) {
        List<Span> spans = new ArrayList<>();
        Matcher line = LINE.matcher(log);
        while (line.find()) {
            if (line.group(3).startsWith(beginning)) {
                double end = Double.parseDouble(line.group(1));
                spans.add(new Span(end - Double.parseDouble(line.group(2)) / 1000, end));
            }
        }
        return new StatementLog(spans);
    }

    /** Seconds in which at least one of them ran. */
    double seconds() {
        double sum = 0;
        double covered = 0;
        List<Span> sorted =
                spans.stream().sorted(Comparator.comparingDouble(Span::from)).toList();
        for (Span span : sorted) {
            double from = Math.max(span.from(), covered);
            if (span.to() > from) {
                sum += span.to() - from;
                covered = span.to();
            }
        }
        return sum;
    }
}
