package dev.lifeboat.local.template;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A metric alarm.
 *
 * @param name its name
 * @param arn its ARN
 * @param description its description, may be empty
 * @param namespace the metric's namespace
 * @param metric the metric's name
 * @param dimensions all of the metric's dimensions
 * @param statistic Minimum, Maximum, Average, Sum or SampleCount
 * @param period of one datapoint
 * @param evaluationPeriods N
 * @param datapointsToAlarm M
 * @param threshold compared with each datapoint
 * @param comparison CloudFormation's ComparisonOperator
 * @param missing CloudFormation's TreatMissingData: breaching, notBreaching, ignore or missing
 * @param alarmActions ARNs, when it goes to ALARM
 * @param okActions ARNs, when it goes to OK
 * @param insufficientDataActions ARNs, when it goes to INSUFFICIENT_DATA
 */
public record AlarmResource(
        String name,
        String arn,
        String description,
        String namespace,
        String metric,
        Map<String, String> dimensions,
        String statistic,
        Duration period,
        int evaluationPeriods,
        int datapointsToAlarm,
        double threshold,
        String comparison,
        String missing,
        List<String> alarmActions,
        List<String> okActions,
        List<String> insufficientDataActions) {}
