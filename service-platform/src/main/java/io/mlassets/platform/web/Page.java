package io.mlassets.platform.web;

import java.util.List;

/**
 * One page of a list.
 *
 * @param items the rows
 * @param page number of the page, from 0
 * @param size most rows of a page
 * @param total rows over all pages
 */
public record Page<T>(List<T> items, int page, int size, long total) {}
