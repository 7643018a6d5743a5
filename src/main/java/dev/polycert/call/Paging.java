package dev.polycert.call;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Reads a listing that a vendor hands out in pages. */
public final class Paging {
  private Paging() {}

  /**
   * One page.
   *
   * @param total how many items the vendor says there are on all pages
   */
  public record Page<T>(List<T> items, long total) {

    public Page {
      items = List.copyOf(items);
    }
  }

  /**
   * Reads page after page until all items are there, a page is empty, or {@code mostPages} are
   * read.
   *
   * @param fetch reads the page of an index, which begins at 0
   * @return all items in order and the vendor's total, or the first failure
   */
  public static <T> Uni<Answer<Page<T>>> all(
      int mostPages, IntFunction<Uni<Answer<Page<T>>>> fetch) {
    return next(List.of(), 0, mostPages, fetch);
  }

  private static <T> Uni<Answer<Page<T>>> next(
      List<T> before, int index, int mostPages, IntFunction<Uni<Answer<Page<T>>>> fetch) {
    return fetch
        .apply(index)
        .flatMap(
            answer -> {
              if (!(answer instanceof Answer.Success<Page<T>>(Page<T> page, String requestId))) {
                return answer.now();
              }
              List<T> items = new ArrayList<>(before);
              items.addAll(page.items());
              boolean more =
                  !page.items().isEmpty() && items.size() < page.total() && index + 1 < mostPages;
              return more
                  ? next(items, index + 1, mostPages, fetch)
                  : Uni.createFrom()
                      .item(new Answer.Success<>(new Page<>(items, page.total()), requestId));
            });
  }
}
