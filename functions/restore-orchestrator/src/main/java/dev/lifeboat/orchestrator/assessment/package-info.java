/** From looks at a target to a decision: what the assessments of all scenarios have in common. */
package dev.lifeboat.orchestrator.assessment;
