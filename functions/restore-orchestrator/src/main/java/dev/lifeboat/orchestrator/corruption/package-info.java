/** Data that are wrong: what says so, where the last transaction is before it, and what is lost with all later ones. */
package dev.lifeboat.orchestrator.corruption;
