package dev.lifeboat.local.template;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Source: CloudFormation, AWS::CloudWatch::Alarm. */
final class AlarmReader {
    private static final List<String> STATISTICS = List.of("Minimum", "Maximum", "Average", "Sum", "SampleCount");
    private static final List<String> COMPARISONS = List.of(
            "LessThanThreshold", "LessThanOrEqualToThreshold", "GreaterThanThreshold", "GreaterThanOrEqualToThreshold");
    private static final List<String> MISSING = List.of("missing", "ignore", "breaching", "notBreaching");

    private AlarmReader() {}

    static AlarmResource read(String name, Properties p) {
        Map<String, String> dimensions = new LinkedHashMap<>();
        p.children("Dimensions").forEach(d -> dimensions.put(d.text("Name"), d.text("Value")));
        int periods = p.node("EvaluationPeriods").asInt();
        boolean actions = p.node("ActionsEnabled").asBoolean(true);
        AlarmResource alarm = new AlarmResource(
                name,
                Arns.alarm(name),
                p.text("AlarmDescription", ""),
                p.text("Namespace"),
                p.text("MetricName"),
                dimensions,
                oneOf(p, "Statistic", p.text("Statistic"), STATISTICS),
                Duration.ofSeconds(p.node("Period").asInt()),
                periods,
                p.node("DatapointsToAlarm").asInt(periods),
                p.node("Threshold").asDouble(),
                oneOf(p, "ComparisonOperator", p.text("ComparisonOperator"), COMPARISONS),
                oneOf(p, "TreatMissingData", p.text("TreatMissingData", "missing"), MISSING),
                actions ? p.list("AlarmActions") : List.of(),
                actions ? p.list("OKActions") : List.of(),
                actions ? p.list("InsufficientDataActions") : List.of());
        p.without("AlarmName", "AlarmActions", "OKActions", "InsufficientDataActions", "Tags", "Unit")
                .end();
        return alarm;
    }

    private static String oneOf(Properties p, String property, String value, List<String> known) {
        if (!known.contains(value)) {
            throw new TemplateException(
                    p.where() + "." + property + " is '" + value + "', supported here are " + known + ".");
        }
        return value;
    }
}
