/** Whether entries may go: causes that stop them, and limits of their own. */
package io.mlassets.control;
