package io.mlassets.registry;

import io.mlassets.platform.web.Page;
import io.mlassets.platform.web.PageRequest;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.jpa.domain.Specification;
import org.springframework.data.jpa.repository.JpaSpecificationExecutor;

/** Optional filters of a list, all of which must hold. */
public final class Filters<T> {
  private final List<BiFunction<Root<T>, CriteriaBuilder, Predicate>> conditions =
      new ArrayList<>();

  /** Keeps rows whose attribute equals the value; no filter without one. */
  public Filters<T> equal(String attribute, @Nullable Object value) {
    if (value != null) {
      conditions.add((root, build) -> build.equal(root.get(attribute), value));
    }
    return this;
  }

  /** Keeps rows whose attribute is at or after the bound. */
  public <C extends Comparable<C>> Filters<T> from(String attribute, @Nullable C bound) {
    if (bound != null) {
      conditions.add((root, build) -> build.greaterThanOrEqualTo(root.<C>get(attribute), bound));
    }
    return this;
  }

  /** Keeps rows whose attribute is before the bound. */
  public <C extends Comparable<C>> Filters<T> before(String attribute, @Nullable C bound) {
    if (bound != null) {
      conditions.add((root, build) -> build.lessThan(root.<C>get(attribute), bound));
    }
    return this;
  }

  /** One page of what is left, in the given order. */
  public Page<T> page(JpaSpecificationExecutor<T> rows, PageRequest wanted, Sort order) {
    Specification<T> all =
        (root, query, build) ->
            build.and(
                conditions.stream().map(one -> one.apply(root, build)).toArray(Predicate[]::new));
    var found =
        rows.findAll(
            all,
            org.springframework.data.domain.PageRequest.of(wanted.page(), wanted.size(), order));
    return new Page<>(found.getContent(), wanted.page(), wanted.size(), found.getTotalElements());
  }
}
