//! Many short lists, one behind the other in memory: what a key has to look at by the thousand is read in order.

/// Lists of anything, by number.
#[derive(Debug)]
pub(super) struct PackedLists<T> {
    all: Vec<T>,
    /// One past the last of each.
    ends: Vec<u32>,
}

impl<T> Default for PackedLists<T> {
    fn default() -> Self {
        Self { all: Vec::new(), ends: Vec::new() }
    }
}

impl<T> PackedLists<T> {
    /// One more list.
    pub fn push(&mut self, list: impl IntoIterator<Item = T>) {
        self.all.extend(list);
        self.ends.push(self.all.len() as u32);
    }

    /// How many lists.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// The list of that number; nothing where there is none.
    pub fn get(&self, at: usize) -> &[T] {
        let end = |at: usize| self.ends.get(at).map(|end| *end as usize);
        let start = at.checked_sub(1).and_then(end).unwrap_or(0);
        end(at).and_then(|end| self.all.get(start..end)).unwrap_or(&[])
    }
}

impl PackedLists<u32> {
    /// For each of so many numbers, the lists it is in, in order.
    pub fn inverted(&self, numbers: usize) -> Self {
        let mut ends = vec![0_u32; numbers];
        for number in &self.all {
            ends.get_mut(*number as usize).into_iter().for_each(|end| *end += 1);
        }
        let mut before = 0;
        for end in &mut ends {
            // Where the list begins, for now: it is filled from there.
            (before, *end) = (before + *end, before);
        }
        let mut all = vec![0_u32; self.all.len()];
        for (list, number) in
            (0..).zip(0..self.len()).flat_map(|(list, at)| self.get(at).iter().map(move |n| (list, n)))
        {
            let Some(end) = ends.get_mut(*number as usize) else { continue };
            if let Some(place) = all.get_mut(*end as usize) {
                *place = list;
                *end += 1;
            }
        }
        Self { all, ends }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inverted_tells_for_each_number_the_lists_it_is_in() {
        let mut lists = PackedLists::default();
        for list in [vec![2, 0], vec![], vec![2, 2, 1]] {
            lists.push(list);
        }
        let inverted = lists.inverted(4);
        let all: Vec<&[u32]> = (0..5).map(|number| inverted.get(number)).collect();
        assert_eq!(all, [&[0][..], &[2], &[0, 2, 2], &[], &[]]);
        assert_eq!((lists.len(), inverted.len()), (3, 4));
    }
}
