/** The {@code ./lifeboat} command: what a person types, and what it prints. */
package dev.lifeboat.local.cli;
