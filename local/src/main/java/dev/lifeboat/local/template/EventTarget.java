package dev.lifeboat.local.template;

import java.util.Map;

/**
 * Where a rule or schedule sends its event, and as what: at most one of the three forms of input is not null.
 *
 * @param arn the target's ARN
 * @param input constant JSON
 * @param inputPath JSONPath of the part of the event that is sent
 * @param inputPaths the transformer's variables: name to JSONPath, empty when there is no transformer
 * @param inputTemplate the transformer's template
 */
public record EventTarget(
        String arn, String input, String inputPath, Map<String, String> inputPaths, String inputTemplate) {}
