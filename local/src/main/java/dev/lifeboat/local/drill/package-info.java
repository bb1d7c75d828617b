/**
 * Plays incidents from beginning to end on this machine, and checks the end against what it wrote down before.
 *
 * <p>Start reading at {@link dev.lifeboat.local.drill.DatabaseDrill}.
 */
package dev.lifeboat.local.drill;
