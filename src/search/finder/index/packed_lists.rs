//! Many short lists in two vectors (the CSR layout of sparse matrices). A query reads thousands of lists of two to five
//! numbers; as a `Vec<Vec<_>>` each list would be a separate allocation and a cache miss. Lists can be added, never
//! changed.
//!
//! ```text
//! lists     [7 3]  []  [5]
//! values    7 3 5
//! ends      2 2 3              list n = values[ends[n - 1]..ends[n]]
//! ```

/// Lists of values, by number from 0.
#[derive(Debug)]
pub struct PackedLists<T> {
    values: Vec<T>,
    /// For each list, one past its last value.
    ends: Vec<u32>,
}

impl<T> Default for PackedLists<T> {
    fn default() -> Self {
        Self { values: Vec::new(), ends: Vec::new() }
    }
}

impl<T> PackedLists<T> {
    /// Adds a list; its number is the count of lists before it.
    pub fn push(&mut self, list: impl IntoIterator<Item = T>) {
        self.values.extend(list);
        self.ends.push(self.values.len() as u32);
    }

    /// The number of lists.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// The list of that number; empty if there is none.
    pub fn get(&self, list: usize) -> &[T] {
        let start = list.checked_sub(1).and_then(|before| self.end(before)).unwrap_or(0);
        self.end(list).and_then(|end| self.values.get(start..end)).unwrap_or(&[])
    }

    fn end(&self, list: usize) -> Option<usize> {
        self.ends.get(list).map(|end| *end as usize)
    }
}

impl PackedLists<u32> {
    /// The inverted index: for each value below `values`, the numbers of the lists that contain it, ascending. A value
    /// that a list contains twice gives that list twice.
    ///
    /// A counting sort in two passes without an allocation per value. The first pass counts how often each value occurs
    /// and turns the counts into start offsets. The second writes each list number at its value's offset and advances
    /// the offset; afterwards every offset has become the end of its list, which is what `ends` has to contain.
    pub fn inverted(&self, values: usize) -> Self {
        let mut ends = self.start_offsets(values);
        let mut lists = vec![0_u32; self.values.len()];
        for number in 0..self.len() {
            for value in self.get(number) {
                let Some(offset) = ends.get_mut(*value as usize) else { continue };
                if let Some(slot) = lists.get_mut(*offset as usize) {
                    *slot = number as u32;
                    *offset += 1;
                }
            }
        }
        Self { values: lists, ends }
    }

    /// For each value below `values`, the number of smaller values in all lists (a prefix sum of the counts).
    fn start_offsets(&self, values: usize) -> Vec<u32> {
        let mut offsets = vec![0_u32; values];
        for value in &self.values {
            if let Some(count) = offsets.get_mut(*value as usize) {
                *count += 1;
            }
        }
        let mut start = 0;
        for offset in &mut offsets {
            let count = std::mem::replace(offset, start);
            start += count;
        }
        offsets
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_inverted_index_lists_for_each_value_the_lists_that_contain_it() {
        let mut lists = PackedLists::default();
        for list in [vec![2, 0], vec![], vec![2, 2, 1]] {
            lists.push(list);
        }
        let inverted = lists.inverted(4);
        let all: Vec<&[u32]> = (0..5).map(|value| inverted.get(value)).collect();
        assert_eq!(all, [&[0][..], &[2], &[0, 2, 2], &[], &[]]);
        assert_eq!((lists.len(), inverted.len()), (3, 4));
    }
}
