/** Walks every way through the state machines, over declared models of what their actions do; start reading at {@link Explorer}. */
package dev.lifeboat.local.explore;
