package dev.lifeboat.local.template;

import java.nio.file.Path;
import java.util.Map;

/**
 * A Step Functions state machine.
 *
 * @param logicalId its name in the template
 * @param name its physical name
 * @param arn its ARN
 * @param definition the ASL file
 * @param substitutions what {@code ${name}} in the file stands for
 */
public record MachineResource(
        String logicalId, String name, String arn, Path definition, Map<String, String> substitutions) {}
